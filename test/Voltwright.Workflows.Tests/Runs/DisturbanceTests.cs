using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

/// <summary>
/// A host that crashes, forgets, repeats and shuffles: whatever it does, the run must come to the same end, and a server that
/// honours idempotency keys must have done everything exactly once.
/// </summary>
public sealed class DisturbanceTests
{
    private const string Yaml = """
        document: { dsl: 1.0.3, namespace: test, name: disturbed, version: 1.0.0 }
        do:
          - each:
              for: { each: n, in: '[1, 2, 3]' }
              do:
                - work:
                    fork:
                      branches:
                        - pay:
                            try:
                              - send: { call: http, with: { method: post, endpoint: 'https://x.test/pay', body: { n: '${ $n }' } } }
                            catch: { retry: { delay: PT1S } }
                        - rest: { do: [ { w: { wait: PT2S } }, { tell: { call: http, with: { method: post, endpoint: 'https://x.test/tell', body: { n: '${ $n }' } } } } ] }
                    output: { as: '{ sum: ([.[].done] | add), before: $input.sum }' }
                - add: { set: { sum: '${ .sum + (.before // 0) }' } }
          - end: { call: http, with: { method: post, endpoint: https://x.test/end, body: '${ . }' } }
        """;

    [Fact]
    public void Run_UnderEverySeed_EndsTheSameWithEverythingDoneOnce()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (output, done) = Play(new Random(seed));

            Assert.True(output == JsonObject.Of(("done", 12)), $"seed {seed}: {output}");
            Assert.True(done == 7, $"seed {seed}: {done} things were done");
        }
    }

    private static (JsonValue Output, int Done) Play(Random chance)
    {
        var program = new TestHost(Yaml).Program;
        var now = TestHost.Start;
        var server = new Dictionary<string, JsonValue>();
        var open = new List<RunCommand>();
        var past = new List<RunEvent>();
        var step = Engine.Start(program, new RunStart("r", default, now));
        for (var turn = 0; turn < 10_000 && step.State.Status is RunStatus.Running or RunStatus.Waiting; turn++)
        {
            open.AddRange(step.Commands.Where(c => c is CallHttp or SetTimer));
            if (chance.Next(4) == 0)
            {
                // A crash: what was under way is forgotten, the stored state says what is still awaited.
                step = step with { State = RunState.FromJson(program, JsonValue.Parse(step.State.ToJson().ToString())) };
                open = [.. step.State.Pending];
            }

            now = now.AddMilliseconds(chance.Next(900));
            var next = past.Count > 0 && chance.Next(5) == 0 ? past[chance.Next(past.Count)] with { At = now } : Next(chance, open, server, now);
            if (next is null)
            {
                step = step with { Commands = [] };
                continue;
            }

            past.Add(next);
            step = Engine.Apply(program, step.State, next);
        }

        return (step.State.Output, server.Count);
    }

    private static RunEvent? Next(Random chance, List<RunCommand> open, Dictionary<string, JsonValue> server, DateTimeOffset now)
    {
        if (open.Count == 0)
            return null;
        var command = open[chance.Next(open.Count)];
        if (command is SetTimer timer)
        {
            if (timer.DueAt > now)
                return null;
            open.Remove(command);
            return new TimerFired(now, timer.Id);
        }

        open.Remove(command);
        return Serve((CallHttp)command, chance, server, now);
    }

    private static RunEvent Serve(CallHttp call, Random chance, Dictionary<string, JsonValue> server, DateTimeOffset now)
    {
        var isPayment = call.Request.Uri.EndsWith("/pay", StringComparison.Ordinal);
        if (isPayment && chance.Next(3) == 0)
            return new HttpFailed(now, call.Id, HttpFailure.Connection, "lost before it arrived");
        if (!server.TryGetValue(call.IdempotencyKey, out var answer))
        {
            var body = call.Request.Body;
            JsonValue done = body["n"].IsNull ? body["sum"] : body["n"];
            server[call.IdempotencyKey] = answer = JsonObject.Of(("done", done));
        }

        if (isPayment && chance.Next(3) == 0)
            return new HttpFailed(now, call.Id, HttpFailure.Connection, "lost on the way back");
        return new HttpAnswered(now, call.Id, 200, JsonObject.Of(("Content-Type", "application/json")), answer.ToUtf8());
    }
}
