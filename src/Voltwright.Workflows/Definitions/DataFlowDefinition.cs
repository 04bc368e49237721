using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>An <c>input</c>, <c>output</c> or <c>export</c>: a schema, and <c>from</c> or <c>as</c>.</summary>
/// <param name="Transform">An expression as text, or a mapping whose values may be expressions.</param>
public sealed record DataFlowDefinition(SchemaDefinition? Schema, SourceNode? Transform);

/// <summary>A schema, inline or elsewhere (DSL reference, Schema).</summary>
/// <param name="Format"><c>json</c> by default.</param>
public sealed record SchemaDefinition(SourceNode Source, string Format, SourceNode? Document, ResourceDefinition? Resource);

/// <summary>An external resource (DSL reference, External Resource).</summary>
public sealed record ResourceDefinition(SourceNode Source, string? Name, EndpointDefinition? Endpoint);
