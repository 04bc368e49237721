namespace Voltwright.Workflows.Definitions;

/// <summary>Tasks one after another.</summary>
public sealed record DoTask(TaskProperties Properties, TaskList Do) : TaskDefinition(Properties);
