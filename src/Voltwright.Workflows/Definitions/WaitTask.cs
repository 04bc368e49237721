namespace Voltwright.Workflows.Definitions;

/// <summary>Lets time pass.</summary>
public sealed record WaitTask(TaskProperties Properties, DurationDefinition Duration) : TaskDefinition(Properties);
