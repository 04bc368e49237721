using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>How many messages are consumed (DSL reference, AsyncAPI Subscription Lifetime); one of the first three.</summary>
internal sealed record ConsumptionLimit(long? Amount, CompiledExpression? While, CompiledExpression? Until, CompiledDuration? For);

/// <summary>Consumes messages that the host receives (DSL reference, AsyncAPI Subscription).</summary>
internal sealed class SubscriptionNode(
    RequestTemplate request, CompiledExpression? filter, ConsumptionLimit limit, EventIteration? iteration) : ConsumingNode(iteration)
{
    public override Move Begin(RunMachine machine)
    {
        if (!request.Prepare(machine, out var value) || !machine.CanLeave(value, "The request")
            || !machine.Duration(limit.For, machine.Current.Input, out var length))
            return Move.Fail;
        var activation = new SubscriptionActivation(this, Iteration) { Key = machine.IdempotencyKey(), Request = value };
        if (!machine.Push(activation) || !IsEnough(machine, activation, out var enough))
            return Move.Fail;
        machine.Value = activation.Results;
        if (enough || length <= TimeSpan.Zero)
            return Move.Finish;
        if (length is { } limited)
            activation.End = machine.SetTimer(limited);
        activation.Open(machine.NextId('i'));
        machine.Command(activation.Command);
        return Move.Idle;
    }

    public Move Answered(RunMachine machine, SubscriptionActivation activation, RunEvent e)
    {
        if (e is InvokeProgress progress)
        {
            if (activation.IsClosed)
                return Move.Idle;
            activation.Queue = activation.Queue.Add(progress.Message);
            return activation.IsIterating ? Move.Idle : Proceed(machine, activation);
        }

        activation.IsOpen = false;
        if (e is InvokeFailed failed)
            return InvokeNode.Failed(machine, failed);
        activation.IsClosed = true;
        return activation.IsIterating ? Move.Idle : Proceed(machine, activation);
    }

    /// <summary>The time is over; a message that is being worked on is worked off.</summary>
    public override Move Due(RunMachine machine, Activation activation, string timerId)
    {
        var subscription = (SubscriptionActivation)activation;
        subscription.End = null;
        subscription.IsClosed = true;
        if (subscription.IsIterating)
        {
            subscription.Queue = JsonArray.Of(subscription.Queue[0]);
            return Move.Idle;
        }

        machine.Value = subscription.Results;
        return Move.Finish;
    }

    public override Activation Restore(JsonValue json) =>
        new SubscriptionActivation(this, Iteration) { Key = json["k"].AsString(), Request = json["q"] }.Read(json);

    protected override bool Admits(RunMachine machine, out bool admitted)
    {
        admitted = true;
        if (filter is null)
            return true;
        if (!machine.Evaluate(filter, machine.Value, out var value))
            return false;
        admitted = value.IsTruthy;
        return true;
    }

    protected override bool IsEnough(RunMachine machine, ConsumingActivation activation, out bool enough)
    {
        var results = activation.Results;
        enough = limit.Amount is { } amount && results.Count >= amount;
        if (limit.While is { } condition)
        {
            if (!machine.Evaluate(condition, results, out var goesOn))
                return false;
            enough = !goesOn.IsTruthy;
        }

        // Asked after each message: before the first there is nothing that could be enough.
        if (limit.Until is { } until && results.Count > 0)
        {
            if (!machine.Evaluate(until, results, out var met))
                return false;
            enough = met.IsTruthy;
        }

        return true;
    }
}
