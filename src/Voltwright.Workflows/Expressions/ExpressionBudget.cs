using Voltwright.Jq;

namespace Voltwright.Workflows.Expressions;

/// <summary>What one expression may use. Counted, never timed: the same event gives the same result on a slow machine.</summary>
internal static class ExpressionBudget
{
    [ThreadStatic]
    private static (TimeProvider Time, JqBudget Budget) _last;

    public static JqBudget At(TimeProvider time)
    {
        if (!ReferenceEquals(_last.Time, time))
            _last = (time, new JqBudget { Time = time, WallTime = Timeout.InfiniteTimeSpan });
        return _last.Budget;
    }
}
