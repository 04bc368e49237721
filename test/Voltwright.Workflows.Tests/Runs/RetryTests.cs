using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

/// <summary>An operator lets a faulted run go on.</summary>
public sealed class RetryTests
{
    private const string Document = "document: { dsl: 1.0.3, namespace: test, name: retried, version: 1.0.0 }\n";

    private static readonly JsonValue Event = JsonObject.Of(
        ("specversion", "1.0"), ("id", "1"), ("source", "/t"), ("type", "wanted"), ("data", 7));

    [Fact]
    public void Retry_OfAFailedCall_MakesItAgainUnderItsKey_AndGoesOn()
    {
        var host = Host("""
            do:
              - first: { set: { n: 1 } , export: { as: . } }
              - list:
                  for: { in: '[1, 2]' }
                  do:
                    - pay: { call: http, with: { method: post, endpoint: 'https://x.test/', body: { n: '${ $context.n }' } } }
            """);
        var broken = true;
        host.Http = call => broken && host.Calls.Count == 2 ? host.Answer(call, 500, "{}") : host.Answer(call, 200, "5");
        host.Run();
        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.True(host.State.CanRetry);

        broken = false;
        host.Apply(new Retry(host.Now));
        while (host.Go())
        {
        }

        Assert.Equal((RunStatus.Completed, true), (host.State.Status, host.State.Error.IsNull));
        Assert.Equal(3, host.Calls.Count);
        Assert.Equal(host.Calls[1].IdempotencyKey, host.Calls[2].IdempotencyKey);
        Assert.NotEqual(host.Calls[0].IdempotencyKey, host.Calls[1].IdempotencyKey);
        Assert.Equal(host.Calls[1].Request.Body, host.Calls[2].Request.Body);
    }

    [Fact]
    public void Retry_InsideAFork_LetsTheOtherBranchesGoOn_EvenThoseNotBegun()
    {
        var host = Host("""
            do:
              - split:
                  fork:
                    branches:
                      - slow: { wait: { minutes: 10 } }
                      - call: { call: http, with: { method: get, endpoint: 'https://x.test/a' } }
                      - wrong: { raise: { error: { type: 'https://x.test/no', status: 500 } } }
                      - late: { call: http, with: { method: get, endpoint: 'https://x.test/b' } }
            """);
        host.Begin();
        Assert.Equal(RunStatus.Faulted, host.State.Status);
        host.Pass(TimeSpan.FromHours(1));

        host.Apply(new Retry(host.Now));

        // It fails again, before the last branch has begun.
        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.Equal(2, host.Trace.Count(t => t is { Name: "wrong", Event: TraceEvent.Faulted }));
        Assert.True(host.State.CanRetry);
    }

    [Fact]
    public void Retry_OfABranch_KeepsTheRemainingTimeOfTheOthers()
    {
        var host = Host("""
            do:
              - split:
                  fork:
                    branches:
                      - slow: { wait: { minutes: 10 } }
                      - call: { call: http, with: { method: get, endpoint: 'https://x.test/a' } }
                      - other: { call: http, with: { method: get, endpoint: 'https://x.test/b' } }
            """);
        host.Begin();
        host.Pass(TimeSpan.FromMinutes(4));
        host.Apply(host.Answer(host.Calls[0], 500, "{}"));
        Assert.Equal(RunStatus.Faulted, host.State.Status);
        host.Pass(TimeSpan.FromHours(1));

        host.Apply(new Retry(host.Now));

        Assert.Equal(host.Now + TimeSpan.FromMinutes(6), host.State.Pending.OfType<SetTimer>().Single().DueAt);
        Assert.Equal(2, host.Calls.Count(c => c.Request.Uri == "https://x.test/a"));
        Assert.Equal(2, host.Calls.Count(c => c.Request.Uri == "https://x.test/b"));
        host.Http = call => host.Answer(call, 200, "1");
        host.Apply(host.Answer(host.Calls[1], 200, "late"));
        Assert.Equal(RunStatus.Running, host.State.Status);
        while (host.Go())
        {
        }

        Assert.Equal(RunStatus.Completed, host.State.Status);
    }

    [Fact]
    public void Retry_AfterTheWorkflowTimedOut_GivesItItsWholeTimeAgain_AndListensOn()
    {
        var host = Host("""
            timeout: { after: PT1H }
            do:
              - hear: { listen: { to: { one: { with: { type: wanted } } } } }
            """);
        host.Run();
        Assert.Equal("timeout", host.State.Error["type"].AsString().Split('/')[^1]);

        host.Apply(new Retry(host.Now));
        Assert.Equal(host.Now + TimeSpan.FromHours(1), host.State.Pending.OfType<SetTimer>().Single().DueAt);
        Assert.Single(host.State.Pending.OfType<Subscribe>());
        host.Apply(new EventArrived(host.Now, Event));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(7, host.State.Output[0]);
    }

    [Fact]
    public void Retry_OfAChildRun_StartsAnotherOne()
    {
        var host = Host("do: [ { sub: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } } } ]");
        host.Child = child => new ChildEnded(host.Now, child.Id, RunStatus.Faulted, default, default);
        host.Run();
        host.Child = child => new ChildEnded(host.Now, child.Id, RunStatus.Completed, 3, default);

        host.Apply(new Retry(host.Now));
        host.Go();

        var started = host.Commands.OfType<StartChild>().ToArray();
        Assert.Equal(started[0].IdempotencyKey, started[1].IdempotencyKey);
        Assert.NotEqual(started[0].Id, started[1].Id);
        Assert.Equal(3, host.State.Output);
    }

    [Fact]
    public void Abort_FaultsWithTheReason_AndARetryAsksAgainForWhatWasAwaited()
    {
        var host = Host("do: [ { get: { call: http, with: { method: get, endpoint: 'https://x.test/' } } } ]").Begin();

        host.Apply(new Abort(host.Now, "The answer could not be taken."));
        Assert.Equal("The answer could not be taken.", host.State.Error["detail"]);
        host.Apply(new Retry(host.Now));
        host.Apply(host.Answer(host.Calls[1], 200, "1"));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.NotEqual(host.Calls[0].Id, host.Calls[1].Id);
        Assert.Equal(host.Calls[0].IdempotencyKey, host.Calls[1].IdempotencyKey);
    }

    [Fact]
    public void Retry_OfARunThatIsNotFaulted_ChangesNothing()
    {
        var host = Host("do: [ { pause: { wait: { hours: 1 } } } ]").Begin();
        Assert.True(Engine.Apply(host.Program, host.State, new Retry(host.Now)).ChangesNothing);
        host.Apply(new Cancel(host.Now));
        Assert.True(Engine.Apply(host.Program, host.State, new Retry(host.Now)).ChangesNothing);
        Assert.False(host.State.CanRetry);
    }

    [Fact]
    public void Events_ThatNobodyAwaits_ChangeNothing()
    {
        var host = Host("do: [ { hear: { listen: { to: { one: { with: { type: wanted, data: '${ . > 5 }' } } } } } } ]").Begin();
        var other = Event.AsObject().With("type", "other");

        Assert.True(Apply(host, new EventArrived(host.Now, other)).ChangesNothing);
        Assert.True(Apply(host, new TimerFired(host.Now, "t99")).ChangesNothing);
        Assert.True(Apply(host, new HttpFailed(host.Now, "c99", HttpFailure.Timeout, "late")).ChangesNothing);
        Assert.False(Apply(host, new EventArrived(host.Now, Event.AsObject().With("data", 3))).ChangesNothing);
        var taken = Apply(host, new EventArrived(host.Now, Event));
        Assert.False(taken.ChangesNothing);
        Assert.Equal([Event], taken.Consumed);
    }

    private static RunStep Apply(TestHost host, RunEvent e) => Engine.Apply(host.Program, host.State, e);

    private static TestHost Host(string body) => new(Document + body) { Restores = true };
}
