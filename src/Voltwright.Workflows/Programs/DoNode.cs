using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

internal sealed class DoNode(TaskListNode list) : TaskNode
{
    public override Move Begin(RunMachine machine) => machine.Descend(new PlainActivation(this), list);

    public override Move Returned(RunMachine machine, Activation activation) => Move.Finish;
}
