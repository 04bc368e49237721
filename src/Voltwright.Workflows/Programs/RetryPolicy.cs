using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Expressions;

namespace Voltwright.Workflows.Programs;

/// <summary>A compiled retry policy (DSL reference, Retry).</summary>
internal sealed record RetryPolicy(
    CompiledExpression? When,
    CompiledExpression? ExceptWhen,
    CompiledDuration? Delay,
    BackoffKind Backoff,
    long? AttemptCount,
    CompiledDuration? AttemptDuration,
    CompiledDuration? Duration,
    CompiledDuration? JitterFrom,
    CompiledDuration? JitterTo)
{
    // A year: beyond it nobody waits, and the sums stay in range.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The delay before retry <paramref name="n"/>, from 1, without jitter.</summary>
    public TimeSpan Backed(TimeSpan delay, long n)
    {
        var factor = Backoff switch
        {
            BackoffKind.Linear => n,
            BackoffKind.Exponential => Math.Pow(2, Math.Min(n - 1, 60)),
            _ => 1d,
        };
        var milliseconds = delay.TotalMilliseconds * factor;
        return milliseconds >= Longest.TotalMilliseconds ? Longest : TimeSpan.FromMilliseconds(milliseconds);
    }
}
