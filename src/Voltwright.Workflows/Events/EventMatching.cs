using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Definitions;

namespace Voltwright.Workflows.Events;

/// <summary>Decides which events start runs, and what those runs begin with.</summary>
public static class EventMatching
{
    /// <summary>
    /// Offers an event to a trigger. <c>one</c> and <c>any</c> start a run for each event that matches;
    /// <c>all</c> starts one for each complete, correlated set, and remembers the incomplete ones; with <c>until</c>, <c>any</c> starts one
    /// with everything that came before the condition was met.
    /// </summary>
    /// <param name="waiting">What the last offer left; null at first.</param>
    public static TriggerOffer Offer(EventTrigger trigger, JsonValue waiting, JsonValue envelope)
    {
        if (trigger.Kind == EventStrategyKind.All)
            return EventSets.Offer(trigger.Strategy, waiting, envelope, NoArguments.Instance);
        if (trigger.Collects)
            return EventSets.Collect(trigger, waiting, envelope, NoArguments.Instance);
        return new TriggerOffer(waiting, trigger.Matches(envelope) ? [[envelope]] : []);
    }

    /// <summary>The raw input of a run: an array of events, in the order of the filters, each read as the trigger says.</summary>
    public static JsonValue RunInput(EventTrigger trigger, IEnumerable<JsonValue> envelopes) =>
        JsonArray.From(envelopes.Select(e => Read(trigger.Read, e)));

    /// <summary>What of an event the workflow gets.</summary>
    public static JsonValue Read(EventReading reading, JsonValue envelope) => reading switch
    {
        EventReading.Data => envelope["data"],
        EventReading.Envelope => envelope,
        _ => Raw(envelope),
    };

    private static JsonValue Raw(JsonValue envelope)
    {
        if (envelope["data_base64"].IsString)
            return envelope["data_base64"];
        var data = envelope["data"];
        if (data.IsNull)
            return default;
        return Convert.ToBase64String(data.TryGetString(out var text) ? Encoding.UTF8.GetBytes(text) : data.ToUtf8());
    }
}
