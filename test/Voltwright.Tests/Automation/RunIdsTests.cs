using Voltwright.Automation;
using Voltwright.Jq;

namespace Voltwright.Tests.Automation;

public sealed class RunIdsTests
{
    private static readonly WorkflowId Workflow = new("test", "flow", "1.0.0");

    [Fact]
    public void Id_OfTheSameWorkflowAndEvent_IsTheSame_WhateverTheVersion() => Assert.Equal(
        RunIds.Of(Workflow, [Event("/s", "1")]), RunIds.Of(Workflow with { Version = "2.0.0" }, [Event("/s", "1")]));

    [Fact]
    public void Ids_OfWhatDiffers_Differ()
    {
        string[] ids =
        [
            RunIds.Of(Workflow, [Event("/s", "1")]),
            RunIds.Of(Workflow, [Event("/s", "2")]),
            RunIds.Of(Workflow, [Event("/t", "1")]),
            RunIds.Of(Workflow, [Event("/s", "1"), Event("/s", "2")]),
            RunIds.Of(Workflow with { Name = "other" }, [Event("/s", "1")]),
            RunIds.Of(Workflow, "1"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static JsonValue Event(string source, string id) => JsonObject.Of(("source", source), ("id", id));
}
