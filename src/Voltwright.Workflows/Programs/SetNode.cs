using Voltwright.Workflows.Expressions;
using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

internal sealed class SetNode(ValueTemplate template) : TaskNode
{
    public override Move Begin(RunMachine machine)
    {
        if (!machine.Evaluate(template, machine.Current.Input, out var value))
            return Move.Fail;
        machine.Value = value;
        return Move.Finish;
    }
}
