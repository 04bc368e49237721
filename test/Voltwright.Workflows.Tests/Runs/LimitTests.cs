using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Tests.Runs;

public sealed class LimitTests
{
    [Fact]
    public void EndlessLoop_InMemory_FaultsWhenTheStepsAreUsedUp()
    {
        var host = Play("- a: { set: '${ . }', then: b }\n  - b: { set: '${ . }', then: a }");

        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.Contains("endless loop", host.State.Error["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessLoop_InsideATry_IsNotCaught()
    {
        var host = Play("- t: { try: [ { a: { set: '${ . }', then: b } }, { b: { set: '${ . }', then: a } } ], catch: { do: [ { c: { set: { no: 1 } } } ] } }");

        Assert.Equal(RunStatus.Faulted, host.State.Status);
    }

    [Fact]
    public void EndlessRetry_WithoutDelay_Faults()
    {
        var host = Play("- t: { try: [ { a: { raise: { error: { type: 'https://x.test/', status: 1 } } } } ], catch: { retry: {} } }");

        Assert.Equal(RunStatus.Faulted, host.State.Status);
    }

    [Fact]
    public void EndlessEmitting_WithoutEverWaiting_FaultsBeforeTheStepsAreUsedUp()
    {
        var host = Play("- a: { emit: { event: { with: { type: t } } }, then: a }");

        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.Contains("calls, events and timers", host.State.Error["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_TooMany_AreRefusedAtTheirFork()
    {
        var branches = string.Join(", ", Enumerable.Range(0, 30).Select(i => $"{{ b{i}: {{ wait: PT1S }} }}"));
        var host = Play($"- f: {{ fork: {{ branches: [ {branches} ] }} }}");

        Assert.Contains("More than 20 branches", host.State.Error["detail"].AsString(), StringComparison.Ordinal);
        Assert.Equal("/do/0/f", host.State.Error["instance"]);
    }

    [Theory]
    [InlineData("${ . + . }", "\"abcdefghij\"")]
    [InlineData("${ . + . }", "[1, 2, 3]")]
    [InlineData("${ [., .] }", "1")]
    [InlineData("${ [.] }", "1")]
    public void GrowingData_InALoop_FaultsBeforeItHurts(string expression, string input)
    {
        var host = Play($"- a: {{ set: '{expression}', then: a }}", JsonValue.Parse(input));

        Assert.Equal(RunStatus.Faulted, host.State.Status);
    }

    [Theory]
    [InlineData("set: '${ reduce range(5000) as $i (1; [.]) }'")]
    [InlineData("set: '${ \"x\" * 200000 }'")]
    [InlineData("emit: { event: { with: { type: t, data: '${ reduce range(5000) as $i (1; [.]) }' } } }")]
    [InlineData("raise: { error: { type: t, status: 1, detail: '${ reduce range(5000) as $i (1; [.]) }' } }")]
    [InlineData("call: http, with: { method: post, endpoint: 'https://x.test/', body: '${ reduce range(5000) as $i (1; [.]) }' }")]
    [InlineData("for: { in: '${ { a: (reduce range(5000) as $i (1; [.])) } }' }, do: []")]
    public void ValueFarTooDeepOrLong_LeavingTheMachine_Faults(string task)
    {
        var host = Play($"- a: {{ {task} }}");

        Assert.Equal(RunStatus.Faulted, host.State.Status);
        Assert.All(host.Trace, t => Assert.True(((JsonValue)t.ToJson()).ToString().Length < 200_000));
        Assert.True(host.State.ToJson().ToString().Length < 200_000);
    }

    [Fact]
    public void HugeAnswer_Remembered_Faults()
    {
        var host = new TestHost(Definition("- get: { call: http, with: { method: get, endpoint: https://x.test/ } }\n  - rest: { wait: PT1H }"))
        {
            Options = new EngineOptions { StateBytes = 1000 },
        };
        host.Http = call => host.Answer(call, 200, $"\"{new string('x', 2000)}\"");

        Assert.Equal(RunStatus.Faulted, host.Run().State.Status);
    }

    [Fact]
    public void Trace_LongerThanItsLimit_IsCutButCounted()
    {
        var host = new TestHost(Definition("- loop: { for: { in: '[range(100)]' }, do: [ { a: { set: { n: 1 } } } ] }"))
        {
            Options = new EngineOptions { TraceEntries = 10 },
        };
        host.Run();

        Assert.Equal(10, host.Trace.Count);
        Assert.Equal(202, host.State.ToJson()["traced"]);
    }

    private static TestHost Play(string tasks, JsonValue input = default) =>
        new TestHost(Definition(tasks)) { Options = new EngineOptions { StepBudget = 20_000, StepCommands = 2_000, Branches = 20, StateBytes = 100_000 } }.Run(input);

    private static string Definition(string tasks) =>
        $"document: {{ dsl: 1.0.3, namespace: test, name: limits, version: 1.0.0 }}\ndo:\n  {tasks}\n";
}
