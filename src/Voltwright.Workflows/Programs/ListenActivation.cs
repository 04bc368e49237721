using Voltwright.Jq;

namespace Voltwright.Workflows.Programs;

/// <summary>A <c>listen</c> under way.</summary>
internal sealed class ListenActivation(TaskNode node, EventIteration? iteration) : ConsumingActivation(node, iteration)
{
    /// <summary>Which filters of an <c>all</c> are met; the same for <c>until</c>.</summary>
    public JsonArray Met { get; set; } = JsonArray.Empty;

    public JsonArray UntilMet { get; set; } = JsonArray.Empty;

    /// <summary>Correlation values found so far.</summary>
    public JsonObject Keys { get; set; } = JsonObject.Empty;

    public ListenActivation Read(JsonValue json)
    {
        ReadConsumed(json);
        Met = json["met"].AsArray();
        UntilMet = json["until"].AsArray();
        Keys = json["keys"].AsObject();
        return this;
    }

    protected override void Write(JsonObject.Builder json)
    {
        base.Write(json);
        json.Set("met", Met).Set("until", UntilMet).Set("keys", Keys);
    }
}
