using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A call of a function: one of <c>use.functions</c>, at an address, or of a catalog (<c>name:version@catalog</c>).</summary>
public sealed record CallFunctionTask(TaskProperties Properties, SourceNode Function, SourceNode? With) : TaskDefinition(Properties);
