using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Raises an error, inline or by its name in <c>use.errors</c>.</summary>
public sealed record RaiseTask(TaskProperties Properties, SourceNode? Use, ErrorDefinition? Error) : TaskDefinition(Properties);
