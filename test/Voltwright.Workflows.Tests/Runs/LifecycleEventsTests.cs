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

        Assert.Equal(["workflow.started", "task.created", "task.started", "workflow.status-changed"], Types(host, null, first));
        Assert.Equal(["workflow.status-changed", "task.suspended", "workflow.suspended"], Types(host, first.State.Status, second));
        Assert.Equal(["workflow.resumed", "task.resumed", "workflow.status-changed"], Types(host, second.State.Status, third));
        Assert.Equal(
            ["task.completed", "task.created", "task.started", "task.faulted", "workflow.status-changed", "workflow.faulted"],
            Types(host, third.State.Status, fourth));
        Assert.Equal(["workflow.faulted"], Types(host, third.State.Status, fourth, withTasks: false));
    }

    [Fact]
    public void Steps_OfATaskThatListens_TellOfCorrelation()
    {
        var host = new TestHost("""
            document: { dsl: 1.0.3, namespace: test, name: life, version: 1.0.0 }
            do: [ { hear: { listen: { to: { one: { with: { type: a }, correlate: { order: { from: .data.id } } } } } } } ]
            """);
        var first = Engine.Start(host.Program, new RunStart("r1", default, TestHost.Start));
        var cloudEvent = JsonObject.Of(("id", "1"), ("source", "/x"), ("type", "a"), ("data", JsonObject.Of(("id", 7))));
        var second = Engine.Apply(host.Program, first.State, new EventArrived(TestHost.Start, cloudEvent));

        Assert.Equal(["workflow.started", "workflow.correlation-started"], Types(host, null, first, withTasks: false));
        var events = LifecycleEvents.Of(host.Program, first.State.Status, second, TestHost.Start, withTasks: false).ToList();
        Assert.Equal(JsonObject.Of(("order", 7)), events[0]["data"]["correlationKeys"]);
        Assert.Equal(["workflow.correlation-completed", "workflow.completed"], Types(host, first.State.Status, second, withTasks: false));
        Assert.True(LifecycleEvents.IsOne(events[0]));
        Assert.False(LifecycleEvents.IsOne(cloudEvent));
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
        Assert.Equal("/do/1/fail", events[^3]["data"]["task"]);
        Assert.Equal(events.Count, events.Select(e => e["id"].AsString()).Distinct().Count());
    }

    private static IEnumerable<string> Types(TestHost host, RunStatus? before, RunStep step, bool withTasks = true) =>
        LifecycleEvents.Of(host.Program, before, step, TestHost.Start, withTasks)
            .Select(e => e["type"].AsString()["io.serverlessworkflow.".Length..^3]);
}
