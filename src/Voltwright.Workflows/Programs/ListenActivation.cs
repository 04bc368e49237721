using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A <c>listen</c> under way.</summary>
internal sealed class ListenActivation(TaskNode node, string item, string at) : Activation(node)
{
    /// <summary>What has been consumed and, with <c>foreach</c>, gone through its tasks: the output so far.</summary>
    public JsonArray Results { get; set; } = JsonArray.Empty;

    /// <summary>Read events that wait for their turn in <c>foreach</c>.</summary>
    public JsonArray Queue { get; set; } = JsonArray.Empty;

    /// <summary>Which filters of an <c>all</c> are met; the same for <c>until</c>.</summary>
    public JsonArray Met { get; set; } = JsonArray.Empty;

    public JsonArray UntilMet { get; set; } = JsonArray.Empty;

    /// <summary>Correlation values found so far.</summary>
    public JsonObject Keys { get; set; } = JsonObject.Empty;

    /// <summary>Takes no more events.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The tasks of <c>foreach</c> are at the head of the queue.</summary>
    public bool IsIterating { get; set; }

    public override JsonValue Remembered => JsonArray.Of(Results, Queue);

    public override bool TryGetVariable(string name, out JsonValue value)
    {
        value = name == item ? Queue.Count > 0 ? Queue[0] : default : Results.Count;
        return IsIterating && (name == item || name == at);
    }

    public ListenActivation Read(JsonValue json)
    {
        Results = json["out"].AsArray();
        Queue = json["queue"].AsArray();
        Met = json["met"].AsArray();
        UntilMet = json["until"].AsArray();
        Keys = json["keys"].AsObject();
        IsClosed = json["closed"].IsTruthy;
        IsIterating = json["busy"].IsTruthy;
        return this;
    }

    protected override void Write(JsonObject.Builder json) => json.Set("out", Results).Set("queue", Queue).Set("met", Met)
        .Set("until", UntilMet).Set("keys", Keys).Set("closed", IsClosed).Set("busy", IsIterating);
}
