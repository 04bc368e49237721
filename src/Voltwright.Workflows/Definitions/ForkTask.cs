namespace Voltwright.Workflows.Definitions;

/// <summary>Branches side by side.</summary>
/// <param name="Compete">The first to finish wins, the others are cancelled.</param>
public sealed record ForkTask(TaskProperties Properties, TaskList Branches, bool Compete) : TaskDefinition(Properties);
