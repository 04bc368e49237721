using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation;

/// <summary>Events and child runs, in memory.</summary>
public sealed class LocalSessionTests
{
    private const string Child = """
        do:
          - hear: { listen: { to: { one: { with: { type: for-child } } } } }
          - double: { set: '${ { doubled: (.[0] * 2) } }' }
        """;

    [Fact]
    public async Task Events_ReachTheTasksThatListen_InOrder_AndTheOthersAreNamed()
    {
        var run = await RunAsync(
            """
            do:
              - first: { listen: { to: { one: { with: { type: a } } } }, export: { as: '{ first: .[0] }' } }
              - second: { listen: { to: { all: [ { with: { type: b } }, { with: { type: a } } ] } } }
              - both: { set: { first: '${ $context.first }', second: '${ . }' } }
            """,
            [Event("a", 1), Event("x", 2), Event("b", 3), Event("a", 4), Event("a", 5)]);

        Assert.Equal(JsonValue.Parse("""{"first":1,"second":[3,4]}"""), run.State.Output);
        Assert.Equal([2, 5], run.Unused.Select(u => (int)u["data"].AsDouble()));
    }

    [Fact]
    public async Task Event_OfEveryType_IsNotGivenAwayBeforeATaskListens()
    {
        var run = await RunAsync(
            """
            do:
              - pause: { wait: { milliseconds: 20 } }
              - hear: { listen: { to: { any: [] , until: '. | length >= 2' } } }
            """,
            [Event("a", 1), Event("b", 2)]);

        Assert.Equal(JsonValue.Parse("[1,2]"), run.State.Output);
        Assert.Empty(run.Unused);
    }

    [Fact]
    public async Task Run_ThatListensToWhatNeverComes_IsStarved()
    {
        var run = await RunAsync("do: [ { hear: { listen: { to: { one: { with: { type: a } } } } } } ]", [Event("b", 1)]);

        Assert.True(run.IsStarved);
        Assert.Single(run.Unused);
    }

    [Fact]
    public async Task Event_EmittedByABranch_ReachesTheBranchThatListens()
    {
        var run = await RunAsync("""
            do:
              - both:
                  fork:
                    branches:
                      - hear: { listen: { to: { one: { with: { type: told } } } } }
                      - tell: { emit: { event: { with: { type: told, source: /t, data: 9 } } } }
            """);

        Assert.Equal(JsonValue.Parse("[9]"), run.State.Output[0]);
    }

    [Fact]
    public async Task Child_GetsItsInputAndEvents_AndItsOutputComesBack()
    {
        var run = await RunAsync(
            "do: [ { sub: { run: { workflow: { namespace: test, name: child, version: latest } } } } ]", [Event("for-child", 21)],
            Program("child", Child));

        Assert.Equal(42, run.State.Output["doubled"]);
        Assert.Empty(run.Unused);
    }

    [Fact]
    public async Task Child_ThatIsNotThere_IsAnErrorThatSaysSo()
    {
        var run = await RunAsync("do: [ { sub: { run: { workflow: { namespace: test, name: nobody, version: 1.0.0 } } } } ]");

        Assert.Equal(RunStatus.Faulted, run.State.Status);
        Assert.Equal("/do/0/sub", run.State.Error["instance"]);
        Assert.Contains("test/nobody 1.0.0", run.State.Error["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_ThatRunsItself_IsStoppedAtADepth()
    {
        const string Endless = "do: [ { sub: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } } } ]";
        var run = await RunAsync(Endless, [], Program("child", Endless));

        Assert.Equal(RunStatus.Faulted, run.State.Status);
        Assert.Contains("17th", run.State.Error["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_ThatNobodyAwaitsAnyMore_IsCancelled()
    {
        var run = await RunAsync(
            """
            do:
              - either:
                  fork:
                    compete: true
                    branches:
                      - sub: { run: { workflow: { namespace: test, name: child, version: 1.0.0 } } }
                      - quick: { set: { won: true } }
            """, [], Program("child", Child));

        Assert.Equal(JsonValue.Parse("""{"won":true}"""), run.State.Output);
        Assert.False(run.IsStarved);
    }

    private static async Task<LocalRun> RunAsync(string body, JsonValue[]? events = null, WorkflowProgram? child = null)
    {
        using var caller = new HttpCaller(new HttpCallerOptions(), TimeProvider.System);
        var runner = new LocalRunner(Program("local", body), caller, TimeProvider.System)
        {
            Events = events ?? [],
            Timeout = TimeSpan.FromSeconds(20),
            Workflows = (_, name, _) => name == child?.Name ? child : null,
        };
        return await runner.RunAsync("1", default, CancellationToken.None);
    }

    private static JsonValue Event(string type, int data) =>
        JsonObject.Of(("specversion", "1.0"), ("id", $"{data}"), ("source", "/t"), ("type", type), ("data", data));

    private static WorkflowProgram Program(string name, string body)
    {
        var compilation = WorkflowProgram.Load(
            $"document: {{ dsl: '1.0.3', namespace: test, name: {name}, version: '1.0.0' }}\n{body}", name, HostFeatures.All);
        return compilation.Program ?? throw new InvalidOperationException(string.Join("\n", compilation.Findings));
    }
}
