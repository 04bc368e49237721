using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>Retries first, then the catch's tasks; without either the error is swallowed and the output is null.</summary>
internal sealed class TryNode(TaskListNode body, CatchClause clause) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        var activation = new TryActivation(this, clause.As) { FirstAt = machine.At };
        return machine.Push(activation) ? Attempt(machine, activation) : Move.Fail;
    }

    public override Move Returned(RunMachine machine, Activation activation)
    {
        if (((TryActivation)activation).Phase == TryPhase.Catching)
            machine.Then = clause.Then;
        return Move.Finish;
    }

    public override Move? Catch(RunMachine machine, Activation activation)
    {
        var attempt = (TryActivation)activation;
        if (attempt.Phase != TryPhase.Trying)
            return null;
        attempt.Error = machine.Error;
        attempt.Phase = TryPhase.Deciding;
        StopClock(machine, attempt);
        if (!clause.Catches(machine, out var caught) || !caught)
            return null;
        var original = machine.Error;
        if (clause.Retry is { } policy)
        {
            if (Retry(machine, attempt, policy, out var move))
                return move;
            if (clause.Do is null)
            {
                machine.Raise(original);
                return null;
            }
        }

        if (clause.Do is { } tasks)
        {
            attempt.Phase = TryPhase.Catching;
            machine.Value = attempt.Input;
            return machine.EnterList(tasks);
        }

        machine.Value = default;
        machine.Then = clause.Then;
        return Move.Finish;
    }

    public override Move Due(RunMachine machine, Activation activation, string timerId)
    {
        var attempt = (TryActivation)activation;
        attempt.Clock = null;
        if (attempt.Phase == TryPhase.Delaying)
            return Attempt(machine, attempt);
        machine.Raise(ErrorKind.Timeout, "The attempt took longer than its limit.");
        return Catch(machine, attempt) ?? Move.Fail;
    }

    public override Activation Restore(JsonValue json) => new TryActivation(this, clause.As).Read(json);

    private static void StopClock(RunMachine machine, TryActivation attempt)
    {
        if (attempt.Clock is { } clock)
            machine.ClearTimer(clock);
        attempt.Clock = null;
    }

    private Move Attempt(RunMachine machine, TryActivation attempt)
    {
        attempt.Phase = TryPhase.Trying;
        attempt.Error = default;
        // The same calls of the next attempt get the same idempotency keys.
        attempt.Visits = 0;
        if (!machine.Duration(clause.Retry?.AttemptDuration, attempt.Input, out var limit))
            return Move.Fail;
        if (limit is { } span)
            attempt.Clock = machine.SetTimer(span);
        machine.Value = attempt.Input;
        return machine.EnterList(body);
    }

    // False when there is no further retry; a policy that cannot be evaluated counts as none.
    private bool Retry(RunMachine machine, TryActivation attempt, RetryPolicy policy, out Move move)
    {
        move = Move.Idle;
        var n = attempt.Retries + 1;
        if (n > (policy.AttemptCount ?? long.MaxValue) || !CatchClause.Holds(machine, policy.When, policy.ExceptWhen, out var wanted) || !wanted)
            return false;
        if (!Delay(machine, attempt, policy, n, out var delay) || !machine.Duration(policy.Duration, attempt.Input, out var limit))
            return false;
        if (limit is { } span && machine.At + delay - attempt.FirstAt > span)
            return false;
        attempt.Retries = n;
        machine.Trace(this, TraceEvent.Retried, attempt.Error);
        if (delay <= TimeSpan.Zero)
        {
            move = Attempt(machine, attempt);
            return true;
        }

        attempt.Phase = TryPhase.Delaying;
        attempt.Clock = machine.SetTimer(delay);
        return true;
    }

    private static bool Delay(RunMachine machine, TryActivation attempt, RetryPolicy policy, long n, out TimeSpan delay)
    {
        delay = default;
        if (!machine.Duration(policy.Delay, attempt.Input, out var plain)
            || !machine.Duration(policy.JitterFrom, attempt.Input, out var from) || !machine.Duration(policy.JitterTo, attempt.Input, out var to))
        {
            return false;
        }

        delay = policy.Backed(plain ?? TimeSpan.Zero, n);
        if (from is { } least && to is { } most)
            delay += least + ((most - least) * Chance.Of($"{machine.IdempotencyKey()}/{n}"));
        return true;
    }
}
