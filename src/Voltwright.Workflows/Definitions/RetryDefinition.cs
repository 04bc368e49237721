using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A retry policy (DSL reference, Retry).</summary>
public sealed record RetryDefinition(
    SourceNode Source,
    SourceNode? When,
    SourceNode? ExceptWhen,
    DurationDefinition? Delay,
    BackoffKind Backoff,
    long? AttemptCount,
    DurationDefinition? AttemptDuration,
    DurationDefinition? Duration,
    DurationDefinition? JitterFrom,
    DurationDefinition? JitterTo);

/// <summary>How the delay grows from one retry to the next.</summary>
public enum BackoffKind
{
    /// <summary>delay</summary>
    Constant,

    /// <summary>delay · n</summary>
    Linear,

    /// <summary>delay · 2ⁿ⁻¹</summary>
    Exponential,
}
