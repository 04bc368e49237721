using Voltwright.Workflows.Running;

namespace Voltwright.Workflows.Programs;

/// <summary>The workflow itself, as the task around all others.</summary>
internal sealed class WorkflowNode(TaskListNode list) : TaskNode
{
    public TaskListNode List => list;

    public override Move Begin(RunMachine machine) => machine.EnterList(list);

    public override Move Returned(RunMachine machine, Activation activation) => machine.Complete();
}
