using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

public sealed class LocalRunnerTests
{
    [Fact]
    public async Task Run_ToItsEnd_CallsWaitsAndTraces()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { pets = 2 }));
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://petstore.example"] = service.Address });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, clock);
        var waiting = new TaskCompletionSource();
        var trace = new List<TraceEntry>();
        var runner = new LocalRunner(Program("""
            do:
              - get: { call: http, with: { method: get, endpoint: 'https://petstore.example/pets' } }
              - pause: { wait: { hours: 1 } }
            """), caller, clock)
        {
            Trace = entry =>
            {
                trace.Add(entry);
                if (entry.Name == "pause")
                    waiting.TrySetResult();
            },
        };

        var run = runner.RunAsync("1", default, CancellationToken.None);
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.Equal(RunStatus.Completed, (await run).State.Status);
        Assert.Equal(2, (await run).State.Output["pets"]);
        Assert.Contains(trace, t => t.Name == "get" && t.Event == TraceEvent.Completed);
    }

    [Fact]
    public async Task Run_LongerThanAllowed_IsCancelled()
    {
        using var caller = new HttpCaller(new HttpCallerOptions(), TimeProvider.System);
        var runner = new LocalRunner(Program("do: [ { pause: { wait: { hours: 1 } } } ]"), caller, TimeProvider.System)
        {
            Timeout = TimeSpan.FromMilliseconds(50),
        };

        var run = await runner.RunAsync("1", default, CancellationToken.None);

        Assert.True(run.TimedOut);
        Assert.Equal(RunStatus.Cancelled, run.State.Status);
    }

    [Fact]
    public void Input_OfEvents_IsTheFirstThatMatches_AndTheOthersAreNamed()
    {
        var trigger = Program("""
            schedule: { on: { any: [ { with: { type: wanted } } ] }, read: data }
            do: [ { a: { set: { b: 1 } } } ]
            """).Trigger!;

        var (input, unused) = LocalRunner.InputOf(trigger, [Event("other", 1), Event("wanted", 2), Event("wanted", 3)]);

        Assert.Equal(JsonValue.Parse("[2]"), input);
        Assert.Equal([1, 3], unused.Select(u => (int)u["data"].AsDouble()));
    }

    [Fact]
    public void Input_OfASet_NeedsAllOfIt()
    {
        var trigger = Program("""
            schedule: { on: { all: [ { with: { type: a } }, { with: { type: b } } ] }, read: data }
            do: [ { a: { set: { b: 1 } } } ]
            """).Trigger!;

        Assert.Null(LocalRunner.InputOf(trigger, [Event("b", 2)]).Input);
        Assert.Equal(JsonValue.Parse("[1,2]"), LocalRunner.InputOf(trigger, [Event("b", 2), Event("a", 1)]).Input);
    }

    private static JsonValue Event(string type, int data) =>
        JsonObject.Of(("specversion", "1.0"), ("id", $"{data}"), ("source", "/t"), ("type", type), ("data", data));

    private static WorkflowProgram Program(string body)
    {
        var compilation = WorkflowProgram.Load(
            $"document: {{ dsl: '1.0.3', namespace: test, name: local, version: '1.0.0' }}\n{body}", "local");
        return compilation.Program ?? throw new InvalidOperationException(string.Join("\n", compilation.Findings));
    }
}
