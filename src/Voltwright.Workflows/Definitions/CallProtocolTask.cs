using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A call by a protocol other than plain HTTP, its structure checked.</summary>
/// <param name="Protocol"><c>openapi</c>, <c>grpc</c>, <c>asyncapi</c>, <c>a2a</c> or <c>mcp</c>.</param>
/// <param name="With">The protocol's own mapping.</param>
/// <param name="ForEach">AsyncAPI subscriptions only.</param>
public sealed record CallProtocolTask(TaskProperties Properties, string Protocol, SourceNode With, IteratorDefinition? ForEach) : TaskDefinition(Properties);
