using Voltwright.Jq;
using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>One extension around one task.</summary>
internal sealed record TaskExtension(CompiledExpression? When, TaskListNode? Before, TaskListNode? After);

/// <summary>
/// A task with extensions (DSL reference, Extension). Their tasks see the task's input, or its output, and change neither: but one that
/// leaves by <c>exit</c> ends the extended task with its own output.
/// </summary>
/// <param name="body">The task itself.</param>
internal sealed class ExtendedNode(TaskListNode body, TaskExtension[] extensions) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        var activation = new ExtensionActivation(this);
        if (!machine.Push(activation))
            return Move.Fail;
        for (var i = 0; i < extensions.Length; i++)
        {
            JsonValue applies = true;
            if (extensions[i].When is { } when && !machine.Evaluate(when, activation.Input, out applies))
                return Move.Fail;
            if (applies.IsTruthy)
                activation.Applied = activation.Applied.Add(i);
        }

        return Proceed(machine, activation);
    }

    /// <summary>The task itself has its raw output, in <c>machine.Value</c>.</summary>
    public static Move TaskDone(RunMachine machine, Activation activation)
    {
        var extension = (ExtensionActivation)activation;
        extension.Then = machine.Then;
        extension.Resolved = machine.Current.Authorization;
        machine.Then = null;
        return Move.Return;
    }

    public override Move Returned(RunMachine machine, Activation activation)
    {
        var extension = (ExtensionActivation)activation;
        if (extension.Phase == ExtensionPhase.Task)
        {
            extension.Output = machine.Value;
            extension.Phase = ExtensionPhase.After;
            extension.Position = 0;
        }
        else if (machine.Exited)
        {
            return Move.Finish;
        }
        else
        {
            extension.Position++;
        }

        return Proceed(machine, extension);
    }

    public override Activation Restore(JsonValue json) => new ExtensionActivation(this).Read(json);

    private Move Proceed(RunMachine machine, ExtensionActivation activation)
    {
        var isBefore = activation.Phase == ExtensionPhase.Before;
        machine.Value = isBefore ? activation.Input : activation.Output;
        for (; activation.Position < activation.Applied.Count; activation.Position++)
        {
            activation.Applied[activation.Position].TryGetInt64(out var index);
            if ((isBefore ? extensions[index].Before : extensions[index].After) is { } tasks)
                return machine.EnterList(tasks);
        }

        if (!isBefore)
        {
            machine.Then = activation.Then;
            machine.Current.Authorization = activation.Resolved;
            return Move.Finish;
        }

        activation.Phase = ExtensionPhase.Task;
        return machine.EnterList(body);
    }
}
