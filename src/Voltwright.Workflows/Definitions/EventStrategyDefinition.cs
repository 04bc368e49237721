using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Which events are consumed (DSL reference, Event Consumption Strategy).</summary>
/// <param name="UntilExpression">Only with <see cref="EventStrategyKind.Any"/>; excludes <paramref name="UntilEvents"/>.</param>
public sealed record EventStrategyDefinition(
    SourceNode Source,
    EventStrategyKind Kind,
    IReadOnlyList<EventFilterDefinition> Filters,
    SourceNode? UntilExpression,
    EventStrategyDefinition? UntilEvents);

/// <summary>How many of the filters have to be met.</summary>
public enum EventStrategyKind
{
    One,
    Any,
    All,
}

/// <summary>One filter (DSL reference, Event Filter).</summary>
public sealed record EventFilterDefinition(SourceNode Source, SourceNode? With, IReadOnlyList<CorrelationDefinition> Correlations);

/// <summary>What links events to each other or to data (DSL reference, Correlation).</summary>
public sealed record CorrelationDefinition(string Name, SourceNode From, SourceNode? Expect);
