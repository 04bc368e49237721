using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;
using Voltwright.Workflows.Runs;

namespace Voltwright.Workflows.Programs;

/// <summary>Runs another workflow; its output is that one's output. Not awaited, the input passes through.</summary>
internal sealed class RunWorkflowNode(ValueTemplate space, ValueTemplate name, ValueTemplate version, ValueTemplate? input, bool isAwaited) : TaskNode
{
    private static readonly ConstantTemplate Nothing = new(default);

    public override Move Begin(RunMachine machine)
    {
        var own = machine.Current.Input;
        if (!machine.Evaluate(space, own, out var spaceValue) || !machine.Evaluate(name, own, out var nameValue)
            || !machine.Evaluate(version, own, out var versionValue) || !machine.Evaluate(input ?? Nothing, own, out var inputValue)
            || !machine.CanLeave(inputValue, "The input"))
        {
            return Move.Fail;
        }

        if (!spaceValue.IsString || !nameValue.IsString || !versionValue.IsString)
            return machine.Raise(ErrorKind.Configuration, $"A workflow is named by texts, not by other values.");
        var key = machine.IdempotencyKey();
        StartChild Command() => new(
            machine.NextId('r'), key, spaceValue.AsString(), nameValue.AsString(), versionValue.AsString(), inputValue, isAwaited);
        machine.Value = own;
        if (!isAwaited)
        {
            machine.Command(Command());
            return Move.Finish;
        }

        var activation = new ChildActivation(this);
        if (!machine.Push(activation))
            return Move.Fail;
        activation.Command = Command();
        machine.Command(activation.Command);
        return Move.Idle;
    }

    /// <summary>The child's error becomes this task's, at this task's place.</summary>
    public static Move Ended(RunMachine machine, ChildActivation activation, ChildEnded ended)
    {
        activation.HasEnded = true;
        machine.Value = ended.Output;
        if (ended.Status == RunStatus.Completed)
            return Move.Finish;
        if (ended.Error.TryGetObject(out var error) && error["type"].IsString)
            return machine.Raise(error.With("instance", machine.Current.Node.Pointer));
        if (ended.Error["detail"].TryGetString(out var reason))
            return machine.Raise(ErrorKind.Configuration, reason);
        return machine.Raise(ErrorKind.Runtime, $"The run of '{activation.Command.Name}' was {ended.Status.ToString().ToLowerInvariant()}.");
    }

    public override Activation Restore(JsonValue json) => ChildActivation.Read(this, json);
}
