using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Outputs the value.</summary>
public sealed record SetTask(TaskProperties Properties, SourceNode Value) : TaskDefinition(Properties);
