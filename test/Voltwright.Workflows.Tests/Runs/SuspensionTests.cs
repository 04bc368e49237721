using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class SuspensionTests
{
    private const string OneCall = """
        document: { dsl: 1.0.3, namespace: test, name: one-call, version: 1.0.0 }
        do:
          - get: { call: http, with: { method: get, endpoint: https://x.test/ }, timeout: { after: PT1M } }
        """;

    [Fact]
    public void Suspend_WhileACallIsOpen_KeepsTheAnswerUntilResumed()
    {
        var host = new TestHost(OneCall) { Restores = true }.Begin();
        host.Apply(new Suspend(host.Now));
        host.Apply(host.Answer(host.Calls[0], 200, "42"));
        Assert.Equal(RunStatus.Suspended, host.State.Status);

        host.Apply(new Resume(host.Now));

        Assert.Equal(RunStatus.Completed, host.State.Status);
        Assert.Equal(42, host.State.Output);
    }

    [Fact]
    public void Cancel_WhileACallIsOpen_GivesUpCallAndTimer()
    {
        var host = new TestHost(OneCall).Begin();
        var timer = Assert.Single(host.Commands.OfType<SetTimer>());

        host.Apply(new Cancel(host.Now));

        Assert.Equal(RunStatus.Cancelled, host.State.Status);
        Assert.Contains(new CancelCall(host.Calls[0].Id), host.Commands);
        Assert.Contains(new ClearTimer(timer.Id), host.Commands);
        Assert.Empty(host.State.Pending);
        Assert.Equal(TraceEvent.Cancelled, host.Trace[^1].Event);
    }

    [Fact]
    public void Apply_AfterTheEnd_ChangesNothing()
    {
        var host = new TestHost(OneCall).Begin();
        var answer = host.Answer(host.Calls[0], 200, "1");
        host.Apply(answer);
        var ended = host.State;

        host.Apply(answer);
        host.Apply(new Cancel(host.Now));

        Assert.Same(ended, host.State);
    }

    [Fact]
    public void Apply_AnswerOrTimerNobodyAwaits_ChangesNothing()
    {
        var host = new TestHost(OneCall).Begin();
        var before = host.State.ToJson();

        host.Apply(host.Answer(new CallHttp("c99", "", host.Calls[0].Request), 200, "1"));
        host.Apply(new TimerFired(host.Now, "t99"));

        Assert.Equal(before, host.State.ToJson());
    }

    [Fact]
    public void Pending_OfARestoredRun_RepeatsCallAndTimersUnchanged()
    {
        var host = new TestHost(OneCall).Begin();

        var restored = RunState.FromJson(host.Program, JsonValue.Parse(host.State.ToJson().ToString()));

        Assert.Equal(host.Commands.Select(CommandText.Of), restored.Pending.Select(CommandText.Of));
        Assert.Equal(2, restored.Pending.Count);
    }

    [Fact]
    public void FromJson_StateOfAnotherDefinition_IsRefused()
    {
        var host = new TestHost(OneCall).Begin();
        var other = new TestHost(OneCall.Replace("get:", "fetch:", StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => RunState.FromJson(other.Program, host.State.ToJson()));
        Assert.Throws<FormatException>(() => RunState.FromJson(other.Program, JsonObject.Empty));
    }
}
