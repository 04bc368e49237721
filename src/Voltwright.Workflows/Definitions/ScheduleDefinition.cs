using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>When runs begin by themselves (DSL reference, Schedule).</summary>
/// <param name="Read"><c>data</c>, <c>envelope</c>, <c>raw</c>; null when not written.</param>
public sealed record ScheduleDefinition(
    SourceNode Source, DurationDefinition? Every, SourceNode? Cron, DurationDefinition? After, EventStrategyDefinition? On, string? Read);
