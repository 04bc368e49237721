using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>An address: a URI template or an expression, and who to call it as (DSL reference, Endpoint).</summary>
public sealed record EndpointDefinition(SourceNode Uri, AuthenticationDefinition? Authentication);
