using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads which events are consumed.</summary>
internal sealed class EventReader(ReadingContext context)
{
    public EventStrategyDefinition? Strategy(SourceNode? node, string name, bool mayUntil = true)
    {
        if (ObjectReader.Open(context, node, $"'{name}'") is not { } reader)
            return null;
        var kind = reader.ExactlyOne("one", "any", "all");
        var filters = kind switch
        {
            "one" => [Filter(reader.Any("one"))],
            null => [],
            _ => Filters(reader.Sequence(kind)),
        };
        foreach (var other in new[] { "one", "any", "all" })
            reader.Any(other);
        var until = Until(reader, kind, mayUntil);
        reader.Close();
        return kind is null ? null : new EventStrategyDefinition(
            reader.Node, Enum.Parse<EventStrategyKind>(kind, ignoreCase: true), [.. filters.OfType<EventFilterDefinition>()], until.Expression, until.Events);
    }

    private (SourceNode? Expression, EventStrategyDefinition? Events) Until(ObjectReader reader, string? kind, bool allowed)
    {
        if (!reader.Has("until"))
            return default;
        if (reader.Any("until") is { } node && (!allowed || kind != "any"))
        {
            context.Error(node, Rules.InvalidValue, "'until' belongs to 'any', once.", "Remove it.");
            return default;
        }

        var until = reader.TextOrMapping("until");
        return until?.Text is not null ? (until, null) : (null, Strategy(until, "until", mayUntil: false));
    }

    private EventFilterDefinition?[] Filters(SourceNode? list) => [.. (list?.Items ?? []).Select(Filter)];

    private EventFilterDefinition? Filter(SourceNode? node)
    {
        if (ObjectReader.Open(context, node, "An event filter") is not { } reader)
            return null;
        var with = reader.Mapping("with", required: true);
        if (with?.Members is { Count: 0 })
            context.Error(with, Rules.MissingProperty, "An event filter needs at least one attribute.", "give a 'type'");
        var correlations = new List<CorrelationDefinition>();
        foreach (var member in reader.Mapping("correlate")?.Members ?? [])
        {
            if (ObjectReader.Open(context, member.Value, $"Correlation '{member.Name}'") is not { } correlation)
                continue;
            var from = correlation.Text("from", required: true);
            var expect = correlation.Scalar("expect");
            correlation.Close();
            if (from is not null)
                correlations.Add(new CorrelationDefinition(member.Name, from, expect));
        }

        reader.Close();
        return new EventFilterDefinition(reader.Node, with, correlations);
    }
}
