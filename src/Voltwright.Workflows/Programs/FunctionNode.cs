using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>A call of a task in <c>use.functions</c>: the arguments become that task's raw input.</summary>
internal sealed class FunctionNode(ValueTemplate? with, TaskListNode function) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        if (!machine.Evaluate(with, machine.Current.Input, out var arguments))
            return Move.Fail;
        var move = machine.Descend(new PlainActivation(this), function);
        if (move == Move.Enter)
            machine.Value = arguments;
        return move;
    }

    public override Move Returned(RunMachine machine, Activation activation) => Move.Finish;
}
