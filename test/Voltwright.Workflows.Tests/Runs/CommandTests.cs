using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

/// <summary>What the host is told to do, beside what the run comes to.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Timeout_OfACall_GivesUpTheCall()
    {
        var host = Begin("- get: { call: http, with: { method: get, endpoint: https://x.test/ }, timeout: { after: PT5S } }");
        var timer = Assert.Single(host.Commands.OfType<SetTimer>());
        Assert.Equal(TestHost.Start.AddSeconds(5), timer.DueAt);

        host.Apply(new TimerFired(timer.DueAt, timer.Id));

        Assert.Equal(new CancelCall(host.Calls[0].Id), host.Commands[^1]);
        Assert.Equal(RunStatus.Faulted, host.State.Status);
    }

    [Fact]
    public void Answer_BeforeTheTimeout_ClearsTheTimer()
    {
        var host = Begin("- get: { call: http, with: { method: get, endpoint: https://x.test/ }, timeout: { after: PT5S } }");

        host.Apply(host.Answer(host.Calls[0], 200, "1"));

        Assert.Equal(new ClearTimer(host.Commands.OfType<SetTimer>().Single().Id), host.Commands[^1]);
        Assert.DoesNotContain(host.Commands, c => c is CancelCall);
    }

    [Fact]
    public void Timer_SetAndClearedInOneStep_IsNeverReleased()
    {
        var host = Begin("- quick: { do: [ { a: { set: { b: 1 } } } ], timeout: { after: PT5S } }");

        Assert.Empty(host.Commands);
        Assert.Equal(RunStatus.Completed, host.State.Status);
    }

    [Fact]
    public void Competition_Won_GivesUpTheLosers()
    {
        var host = Begin("""
            - race:
                fork:
                  compete: true
                  branches:
                    - a: { call: http, with: { method: get, endpoint: https://x.test/a } }
                    - b: { do: [ { w: { wait: PT1H } }, { c: { set: { late: 1 } } } ] }
                    - c: { call: http, with: { method: get, endpoint: https://x.test/c } }
            """);
        Assert.Equal(2, host.Calls.Count);

        host.Apply(host.Answer(host.Calls[1], 200, "\"won\""));

        Assert.Equal("won", host.State.Output);
        Assert.Contains(new CancelCall(host.Calls[0].Id), host.Commands);
        Assert.Contains(host.Commands, c => c is ClearTimer);
        Assert.Equal(2, host.Trace.Count(t => t.Event == TraceEvent.Cancelled && t.Name is "a" or "b"));
    }

    [Fact]
    public void Branches_AwaitingAnswers_TakeThemInAnyOrder()
    {
        var host = Begin("""
            - both:
                fork:
                  branches:
                    - a: { call: http, with: { method: get, endpoint: https://x.test/a } }
                    - b: { call: http, with: { method: get, endpoint: https://x.test/b } }
            """);

        host.Apply(host.Answer(host.Calls[1], 200, "\"b\""));
        Assert.Equal(RunStatus.Running, host.State.Status);
        Assert.Equal(host.Calls[0].Id, Assert.Single(host.State.Pending).Id);
        host.Apply(host.Answer(host.Calls[0], 200, "\"a\""));

        Assert.Equal(JsonArray.Of("a", "b"), host.State.Output);
    }

    [Fact]
    public void Status_WhileWaitingForTime_IsWaitingAndForAnAnswerRunning()
    {
        var host = Begin("- w: { wait: PT1S }\n- get: { call: http, with: { method: get, endpoint: https://x.test/ } }");
        Assert.Equal(RunStatus.Waiting, host.State.Status);

        host.Apply(new TimerFired(host.Now, host.Commands.OfType<SetTimer>().Single().Id));

        Assert.Equal(RunStatus.Running, host.State.Status);
    }

    [Fact]
    public void Subscription_OfAListeningRun_ComesFirstAndEndsLast()
    {
        var host = Begin("""
            - first: { listen: { to: { one: { with: { type: a } } } } }
            - second: { listen: { to: { any: [ { with: { type: b } }, { with: { type: a } } ] } } }
            """);
        var subscription = Assert.IsType<Subscribe>(host.Commands[0]);
        Assert.Equal(["a", "b"], subscription.Types!);

        host.Apply(new EventArrived(host.Now, JsonObject.Of(("type", "a"))));
        host.Apply(new EventArrived(host.Now, JsonObject.Of(("type", "b"))));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(new Unsubscribe(subscription.Id), host.Commands[^1]);
    }

    [Fact]
    public void Child_OfACancelledRun_IsCancelled()
    {
        var host = Begin("- go: { run: { workflow: { namespace: test, name: child, version: 1.0.0, input: { a: 1 } } } }");
        var start = Assert.IsType<StartChild>(Assert.Single(host.Commands));
        Assert.Equal("run-1:/do/0/go:1", start.IdempotencyKey);

        host.Apply(new Cancel(host.Now));

        Assert.Equal(new CancelChild(start.Id), host.Commands[^1]);
    }

    [Theory]
    [InlineData("- hear: { listen: { to: { one: { with: { type: a } } } } }")]
    [InlineData("- go: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } }")]
    public void Task_ThatItsHostCannotServe_IsRefusedAtItsPlace(string tasks)
    {
        var finding = Assert.Single(WorkflowProgram.Load(Definition(tasks), "t.yaml").Findings);

        Assert.Equal((Findings.Rules.Unsupported, 3), (finding.Rule, finding.Line));
    }

    [Fact]
    public void Trace_OfACompletedRun_IsNumberedWithoutGaps()
    {
        var host = Begin("- a: { do: [ { b: { set: { c: 1 } } } ] }\n- d: { if: 'false', set: { e: 1 } }");

        Assert.Equal(
            ["a started", "b started", "b completed", "a completed", "d skipped"],
            host.Trace.Select(t => $"{t.Name} {t.Event}".ToLowerInvariant()));
        Assert.Equal([1, 2, 3, 4, 5], host.Trace.Select(t => t.Sequence));
        Assert.Equal("/do/0/a/do/0/b", host.Trace[1].Task);
        Assert.Equal(
            JsonValue.Parse("""{"seq":3,"task":"/do/0/a/do/0/b","name":"b","event":"completed","at":"2026-01-01T12:00:00.000Z","output":{"c":1}}"""),
            host.Trace[2].ToJson());
    }

    private static TestHost Begin(string tasks) => new TestHost(Definition(tasks)).Begin();

    private static string Definition(string tasks)
    {
        var lines = tasks.Split('\n').Select(l => $"  {l.TrimEnd()}");
        return $"document: {{ dsl: 1.0.3, namespace: test, name: commands, version: 1.0.0 }}\ndo:\n{string.Join('\n', lines)}\n";
    }
}
