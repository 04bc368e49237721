using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>How to authenticate (DSL reference, Authentication).</summary>
/// <param name="Use">Name in <c>use.authentications</c>; then there is nothing else.</param>
/// <param name="Scheme"><c>basic</c>, <c>bearer</c>, <c>digest</c>, <c>oauth2</c> or <c>oidc</c>.</param>
/// <param name="Secret">Name of the secret that holds the scheme's properties.</param>
/// <param name="Properties">The scheme's own mapping.</param>
public sealed record AuthenticationDefinition(SourceNode Source, SourceNode? Use, string? Scheme, SourceNode? Secret, SourceNode? Properties);
