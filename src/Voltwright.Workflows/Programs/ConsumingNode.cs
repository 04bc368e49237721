using Voltwright.Jq;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>Consumes one thing after another, each gone through <c>foreach</c> before the next; its output is an array in the order of arrival.</summary>
internal abstract class ConsumingNode(EventIteration? iteration) : TaskNode
{
    protected EventIteration? Iteration => iteration;

    /// <summary>Works off what has been taken, and ends when no more is wanted.</summary>
    public Move Proceed(RunMachine machine, ConsumingActivation activation)
    {
        while (activation.Queue.Count > 0)
        {
            machine.Value = activation.Queue[0];
            if (!Admits(machine, out var admitted))
                return Move.Fail;
            if (!admitted)
            {
                activation.Queue = JsonArray.From(activation.Queue.Skip(1));
                continue;
            }

            if (iteration?.Tasks is { } tasks)
            {
                activation.IsIterating = true;
                return machine.EnterList(tasks);
            }

            if (!Finished(machine, activation))
                return Move.Fail;
        }

        machine.Value = activation.Results;
        if (!activation.IsClosed)
            return Move.Idle;
        if (activation is ListenActivation listening)
            machine.Correlated(listening.Keys);
        return Move.Finish;
    }

    public override Move Returned(RunMachine machine, Activation activation)
    {
        var consuming = (ConsumingActivation)activation;
        return Finished(machine, consuming) ? Proceed(machine, consuming) : Move.Fail;
    }

    /// <summary>Whether the thing in <c>machine.Value</c> counts. False, with the machine's error set, when that cannot be said.</summary>
    protected virtual bool Admits(RunMachine machine, out bool admitted) => admitted = true;

    /// <summary>Whether the results so far are enough. False, with the machine's error set, when that cannot be said.</summary>
    protected abstract bool IsEnough(RunMachine machine, ConsumingActivation activation, out bool enough);

    // The head of the queue has become machine.Value: one more result.
    private bool Finished(RunMachine machine, ConsumingActivation activation)
    {
        if (iteration is not null && !iteration.Finish(machine))
            return false;
        activation.IsIterating = false;
        activation.Queue = JsonArray.From(activation.Queue.Skip(1));
        activation.Results = activation.Results.Add(machine.Value);
        if (activation.IsClosed)
            return true;
        if (!IsEnough(machine, activation, out var enough))
            return false;
        if (!enough)
            return true;
        activation.IsClosed = true;
        activation.Queue = JsonArray.Empty;
        return true;
    }
}
