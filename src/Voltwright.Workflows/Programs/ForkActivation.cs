using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A fork whose branches are under way.</summary>
internal sealed class ForkActivation(TaskNode node) : Activation(node)
{
    /// <summary>As it was when the branches began.</summary>
    public JsonValue Context { get; init; }

    public JsonArray Results { get; set; } = JsonArray.Empty;

    /// <summary>What each ended branch made of the context.</summary>
    public JsonArray Contexts { get; set; } = JsonArray.Empty;

    public int Remaining { get; set; }

    public override JsonValue Remembered => Results;

    protected override void Write(JsonObject.Builder json) => json.Set("cx", Context).Set("out", Results).Set("cxs", Contexts).Set("left", Remaining);
}

/// <summary>The bottom of a branch's own stack.</summary>
internal sealed class BranchActivation(TaskNode node) : Activation(node)
{
    public required int Index { get; init; }

    protected override void Write(JsonObject.Builder json) => json.Set("branch", Index);
}
