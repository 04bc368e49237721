using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>An error to raise; each value a literal or an expression (DSL reference, Error).</summary>
public sealed record ErrorDefinition(SourceNode Source, SourceNode? Type, SourceNode? Status, SourceNode? Title, SourceNode? Detail);
