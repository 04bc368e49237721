using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Tasks once for each item.</summary>
/// <param name="Each">Name of the item's variable.</param>
/// <param name="At">Name of the index's variable.</param>
public sealed record ForTask(TaskProperties Properties, string Each, string At, SourceNode In, SourceNode? While, TaskList Do) : TaskDefinition(Properties);
