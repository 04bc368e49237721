using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A compiled <c>catch</c>.</summary>
internal sealed record CatchClause(
    ErrorFilter? Filter, string As, CompiledExpression? When, CompiledExpression? ExceptWhen, RetryPolicy? Retry, TaskListNode? Do, Directive? Then)
{
    /// <summary>Whether the machine's error is one of those caught; false when a predicate cannot be evaluated, and then that is the error.</summary>
    public bool Catches(RunMachine machine, out bool caught)
    {
        caught = false;
        return Filter is not null && !Filter.Matches(machine.Error) || Holds(machine, When, ExceptWhen, out caught);
    }

    /// <summary>Predicates see the error as <c>.</c> and under its name.</summary>
    public static bool Holds(RunMachine machine, CompiledExpression? when, CompiledExpression? exceptWhen, out bool holds)
    {
        holds = false;
        var error = machine.Error;
        if (when is not null)
        {
            if (!machine.Evaluate(when, error, out var condition))
                return false;
            if (!condition.IsTruthy)
                return true;
        }

        if (exceptWhen is not null)
        {
            if (!machine.Evaluate(exceptWhen, error, out var exception))
                return false;
            if (exception.IsTruthy)
                return true;
        }

        holds = true;
        return true;
    }
}
