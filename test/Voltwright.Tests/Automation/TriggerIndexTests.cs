using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Workflows;

namespace Voltwright.Tests.Automation;

public sealed class TriggerIndexTests
{
    [Theory]
    [InlineData("test.a", "typed,mixed,pattern")]
    [InlineData("test.b", "several,mixed,pattern")]
    [InlineData("other", "mixed,pattern")]
    public void Find_OfAnEvent_GivesCandidatesOnly(string type, string names)
    {
        var index = new TriggerIndex(
        [
            Workflow("typed", "{ with: { type: test.a } }"),
            Workflow("several", "{ with: { type: test.b } }, { with: { type: test.c } }"),
            Workflow("mixed", "{ with: { type: test.a } }, { with: { source: /s } }"),
            Workflow("pattern", "{ with: { type: '^test\\..*$' } }"),
            Workflow("manual", null),
        ]);

        Assert.Equal(names.Split(','), index.Find(JsonObject.Of(("type", type))).Select(w => w.Id.Name));
    }

    [Fact]
    public void Find_InNothing_GivesNothing() => Assert.Empty(TriggerIndex.Empty.Find(JsonObject.Of(("type", "a"))));

    private static DeployedWorkflow Workflow(string name, string? filters)
    {
        var schedule = filters is null ? "" : $"schedule: {{ on: {{ any: [ {filters} ] }}, read: data }}";
        var text = $$"""
            document: { dsl: '1.0.3', namespace: test, name: {{name}}, version: '1.0.0' }
            {{schedule}}
            do: [ { a: { set: { b: 1 } } } ]
            """;
        var compilation = WorkflowProgram.Load(text, name);
        var program = compilation.Program ?? throw new InvalidOperationException(string.Join("\n", compilation.Findings));
        return new DeployedWorkflow(new WorkflowId("test", name, "1.0.0"), text, default, new Lazy<WorkflowProgram>(program));
    }
}
