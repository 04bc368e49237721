using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A duration: a constant, or an expression that yields ISO 8601 text (DSL reference, Duration).</summary>
public sealed record DurationDefinition(SourceNode Source, TimeSpan? Constant);

/// <summary>A limit in time, inline or by its name in <c>use.timeouts</c>.</summary>
public sealed record TimeoutDefinition(SourceNode Source, string? Use, DurationDefinition? After);
