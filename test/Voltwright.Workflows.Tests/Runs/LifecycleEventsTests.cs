using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class LifecycleEventsTests
{
    private const string Yaml = """
        document: { dsl: 1.0.3, namespace: test, name: life, version: 1.0.0 }
        do:
          - rest: { wait: PT1S }
          - fail: { raise: { error: { type: 'https://x.test/e', status: 500 } } }
        """;

    [Fact]
    public void Steps_OfARunThatFaults_TellItsLife()
    {
        var host = new TestHost(Yaml);
        var first = Engine.Start(host.Program, new RunStart("r1", default, TestHost.Start));
        var second = Engine.Apply(host.Program, first.State, new Suspend(TestHost.Start));
        var third = Engine.Apply(host.Program, second.State, new Resume(TestHost.Start));
        var fourth = Engine.Apply(host.Program, third.State, new TimerFired(TestHost.Start.AddSeconds(1), "t1"));

        Assert.Equal(["workflow.started", "task.started"], Types(host, null, first));
        Assert.Equal(["workflow.suspended"], Types(host, first.State.Status, second));
        Assert.Equal(["workflow.resumed"], Types(host, second.State.Status, third));
        Assert.Equal(["task.completed", "task.started", "task.faulted", "workflow.faulted"], Types(host, third.State.Status, fourth));
    }

    [Fact]
    public void Event_OfAFault_CarriesTheErrorAndTheNames()
    {
        var host = new TestHost(Yaml);
        var step = Engine.Start(host.Program, new RunStart("r1", default, TestHost.Start));
        step = Engine.Apply(host.Program, step.State, new TimerFired(TestHost.Start.AddSeconds(1), "t1"));

        var events = LifecycleEvents.Of(host.Program, RunStatus.Waiting, step, TestHost.Start.AddSeconds(1)).ToList();

        Assert.Equal("life-r1.test", events[^1]["data"]["name"]);
        Assert.Equal(500, events[^1]["data"]["error"]["status"]);
        Assert.Equal("/do/1/fail", events[^2]["data"]["task"]);
        Assert.Equal(events.Count, events.Select(e => e["id"].AsString()).Distinct().Count());
    }

    private static IEnumerable<string> Types(TestHost host, RunStatus? before, RunStep step) =>
        LifecycleEvents.Of(host.Program, before, step, TestHost.Start)
            .Select(e => e["type"].AsString()["io.serverlessworkflow.".Length..^3]);
}
