using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Reading;
using Voltwright.Workflows.Shapes;

namespace Voltwright.Workflows.Checking;

/// <summary>Event types that nobody uses, and events without the data that their type promises.</summary>
internal static class EventRules
{
    private const int Slip = 2;

    public static void Find(CheckRound round)
    {
        var strategies = round.Subject.Plan.Points.Select(p => p.Task).OfType<ListenTask>().Select(l => l.To).Prepend(round.Definition.Schedule?.On);
        foreach (var strategy in strategies)
            Filters(strategy, round);
        foreach (var emit in round.Subject.Plan.Points.Select(p => p.Task).OfType<EmitTask>())
        {
            Type(emit.With["type"], "nobody waits for it", round);
            Data(emit, round);
        }
    }

    private static void Filters(EventStrategyDefinition? strategy, CheckRound round)
    {
        foreach (var filter in strategy?.Filters ?? [])
            Type(filter.With?["type"], "nothing sends it", round);
        if (strategy?.UntilEvents is { } until)
            Filters(until, round);
    }

    private static void Type(SourceNode? node, string consequence, CheckRound round)
    {
        if (node?.Text is not { } type || !Knowledge.IsPlain(type) || round.Subject.Knowledge is not { } knowledge || knowledge.Data(type) is not null)
            return;
        var near = knowledge.EventTypes.MinBy(t => Spelling.Distance(t, type));
        if (knowledge.LacksEvent(type) || (near is not null && Spelling.Distance(near, type) <= Slip))
        {
            round.Sink.Add(node, Rules.UnknownEvent, $"There are no events of the type '{type}': {consequence}.",
                Spelling.DidYouMean(type, knowledge.EventTypes));
        }
    }

    private static void Data(EmitTask emit, CheckRound round)
    {
        if (emit.With["type"]?.Text is not { } type || round.Subject.Knowledge.Data(type)?.Object is not { } promised
            || round.Observations.Sent.GetValueOrDefault(emit.With)?.Object?["data"] is not { } data || data.IsAny)
            return;
        var at = emit.With.Find("data") ?? emit.With.Find("type")!;
        if (data.Object is not { } given)
        {
            round.Sink.Add(at, Rules.EventData,
                $"The event's data is {ShapeText.Of(data)}; '{type}' promises {ShapeText.Of(Shape.Of(promised))}.", "give it an object");
            return;
        }

        foreach (var (name, member) in promised.Members.Where(m => m.Value.IsRequired && given.Can(m.Key) && given[m.Key].And(m.Value.Shape).IsNever))
        {
            round.Sink.Add(at, Rules.EventData,
                $"'{name}' of the event's data is {ShapeText.Of(given[name])}; '{type}' promises {ShapeText.Of(member.Shape)}.", "give it that");
        }

        string[] missing = [.. promised.Members.Where(m => m.Value.IsRequired && !given.Can(m.Key)).Select(m => $"'{m.Key}'")];
        if (missing.Length > 0)
        {
            round.Sink.Add(at, Rules.EventData, $"The event's data has no {string.Join(", no ", missing)}, which '{type}' promises.",
                $"add {string.Join(", ", missing)}; the data is {ShapeText.Of(data)}");
        }
    }
}
