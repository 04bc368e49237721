using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>A call by a protocol other than HTTP, or a process; the host does the work.</summary>
/// <param name="isAwaited">False: the input passes through as soon as the host has begun.</param>
internal sealed class InvokeNode(string kind, RequestTemplate request, bool isAwaited) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        if (!request.Prepare(machine, out var value) || !machine.CanLeave(value, "The request"))
            return Move.Fail;
        var activation = new InvokeActivation(this) { Key = machine.IdempotencyKey(), Kind = kind, Request = value };
        if (!machine.Push(activation))
            return Move.Fail;
        activation.CommandId = machine.NextId('i');
        machine.Command(activation.Command);
        return Move.Idle;
    }

    public Move Answered(RunMachine machine, InvokeActivation activation, RunEvent e)
    {
        if (e is InvokeProgress)
            return Move.Idle;
        activation.IsAnswered = true;
        if (e is InvokeFailed failed)
            return Failed(machine, failed);
        machine.Value = isAwaited ? ((Invoked)e).Output : activation.Input;
        return Move.Finish;
    }

    public static Move Failed(RunMachine machine, InvokeFailed failed)
    {
        var problem = machine.Problem(Enum.Parse<ErrorKind>(failed.Kind.ToString()), failed.Detail);
        return machine.Raise(failed.Status is { } status ? problem.With("status", status) : problem);
    }

    public override Activation Restore(JsonValue json) => new InvokeActivation(this)
    {
        CommandId = json["c"].AsString(), Key = json["k"].AsString(), Kind = kind, Request = json["q"],
    };
}
