using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A task under way that consumes one thing after another: events, messages.</summary>
internal abstract class ConsumingActivation(TaskNode node, EventIteration? iteration) : Activation(node)
{
    private readonly string _item = iteration?.Item ?? "item";
    private readonly string _at = iteration?.At ?? "index";

    /// <summary>What has been consumed and, with <c>foreach</c>, gone through its tasks: the output so far.</summary>
    public JsonArray Results { get; set; } = JsonArray.Empty;

    /// <summary>What waits for its turn.</summary>
    public JsonArray Queue { get; set; } = JsonArray.Empty;

    /// <summary>Takes nothing more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The tasks of <c>foreach</c> are at the head of the queue.</summary>
    public bool IsIterating { get; set; }

    public override JsonValue Remembered => JsonArray.Of(Results, Queue);

    public override bool TryGetVariable(string name, out JsonValue value)
    {
        value = name == _item ? Queue.Count > 0 ? Queue[0] : default : Results.Count;
        return IsIterating && (name == _item || name == _at);
    }

    protected void ReadConsumed(JsonValue json)
    {
        Results = json["out"].AsArray();
        Queue = json["queue"].AsArray();
        IsClosed = json["closed"].IsTruthy;
        IsIterating = json["busy"].IsTruthy;
    }

    protected override void Write(JsonObject.Builder json) =>
        json.Set("out", Results).Set("queue", Queue).Set("closed", IsClosed).Set("busy", IsIterating);
}
