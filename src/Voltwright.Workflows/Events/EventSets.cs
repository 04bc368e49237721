using Voltwright.Jq;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Events;

/// <summary>Collects events until every filter of an <c>all</c> has one, all of them linked.</summary>
internal static class EventSets
{
    // Older incomplete sets are given up first: a stream of unmatched events must not grow without bound.
    private const int MostWaiting = 1000;

    /// <summary>An event goes to the oldest set that lacks it and agrees with it, else begins a new one.</summary>
    public static TriggerOffer Offer(EventStrategy strategy, JsonValue waiting, JsonValue envelope, IArguments arguments)
    {
        List<JsonValue> sets = waiting.TryGetArray(out var kept) ? [.. kept] : [];
        var complete = new List<IReadOnlyList<JsonValue>>();
        for (var slot = 0; slot < strategy.Filters.Length; slot++)
        {
            var filter = strategy.Filters[slot];
            if (!filter.Matches(envelope, arguments))
                continue;
            var place = sets.FindIndex(s => s["events"][slot].IsNull && Links(filter, s["keys"], envelope, arguments) is not null);
            var set = place < 0 ? Empty(strategy) : sets[place].AsObject();
            if (Links(filter, set["keys"], envelope, arguments) is not { } keys)
                continue;
            set = set.With("events", set["events"].AsArray().With(slot, envelope)).With("keys", keys);
            if (set["events"].AsArray().Any(e => e.IsNull))
                Keep(sets, place, set);
            else
            {
                complete.Add([.. set["events"].AsArray()]);
                if (place >= 0)
                    sets.RemoveAt(place);
            }

            break;
        }

        if (sets.Count > MostWaiting)
            sets.RemoveAt(0);
        return new TriggerOffer(sets.Count == 0 ? default(JsonValue) : JsonArray.From(sets), complete);
    }

    /// <summary>Everything that matches, until the condition is met by it, or by an event that is no part of it.</summary>
    public static TriggerOffer Collect(EventTrigger trigger, JsonValue waiting, JsonValue envelope, IArguments arguments)
    {
        var strategy = trigger.Strategy;
        var events = waiting["events"].TryGetArray(out var kept) ? kept : JsonArray.Empty;
        var met = waiting["met"].TryGetArray(out var known) ? known : JsonArray.From(new JsonValue[strategy.UntilEvents?.Filters.Length ?? 0]);
        bool isOver;
        if (strategy.UntilEvents is { } until && Array.FindIndex(until.Filters, f => f.Matches(envelope, arguments)) is >= 0 and var place)
        {
            met = met.With(place, true);
            isOver = until.Kind != Definitions.EventStrategyKind.All || met.All(m => m.IsTruthy);
        }
        else
        {
            if (strategy.Filters.Length > 0 && !strategy.Filters.Any(f => f.Matches(envelope, arguments)))
                return new TriggerOffer(waiting, []);
            events = JsonArray.From(events.Add(envelope).TakeLast(MostWaiting));
            isOver = strategy.UntilExpression?.Evaluate(arguments, EventMatching.RunInput(trigger, events)) is { Failed: false, Value.IsTruthy: true };
        }

        if (isOver)
            return new TriggerOffer(default, events.Count == 0 ? [] : [[.. events]]);
        return new TriggerOffer(JsonObject.Of(("events", events), ("met", met)), []);
    }

    /// <summary>
    /// The keys with this event's added; null when it disagrees with them. What is taken from an event is taken from its envelope,
    /// what is expected comes from the run: its expression sees the task's input.
    /// </summary>
    public static JsonObject? Links(EventFilter filter, JsonValue keys, JsonValue envelope, IArguments arguments)
    {
        var result = keys.TryGetObject(out var given) ? given : JsonObject.Empty;
        foreach (var correlation in filter.Correlations)
        {
            var from = correlation.From.Evaluate(arguments, envelope);
            if (from.Failed || from.Value.IsNull)
                return null;
            if (correlation.Expect is not null)
            {
                var expected = correlation.Expect.Evaluate(arguments, arguments.Get(new ArgumentSlot(Argument.Input, "input")));
                if (expected.Failed || !expected.Value.Equals(from.Value))
                    return null;
            }
            else if (result.TryGetValue(correlation.Name, out var first) && !first.Equals(from.Value))
            {
                return null;
            }

            result = result.With(correlation.Name, from.Value);
        }

        return result;
    }

    private static JsonObject Empty(EventStrategy strategy) =>
        JsonObject.Of(("events", JsonArray.From(new JsonValue[strategy.Filters.Length])), ("keys", JsonObject.Empty));

    private static void Keep(List<JsonValue> sets, int place, JsonObject set)
    {
        if (place < 0)
            sets.Add(set);
        else
            sets[place] = set;
    }
}
