namespace Voltwright.Workflows.Programs;

/// <summary>Compiled tasks in their order.</summary>
internal sealed class TaskListNode
{
    public TaskNode[] Tasks { get; set; } = [];
}
