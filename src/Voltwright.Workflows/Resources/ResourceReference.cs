using Voltwright.Jq;

namespace Voltwright.Workflows.Resources;

/// <summary>A document elsewhere that belongs to a definition: a function, a schema. The host gets it before the definition is compiled.</summary>
/// <param name="Address">Absolute, with Git hosts' pages turned into raw files; without a scheme: a file of the host's own catalog.</param>
/// <param name="Scheme">Who to ask as: <c>basic</c>, <c>bearer</c>, <c>digest</c>, <c>oauth2</c> or <c>oidc</c>; null: anonymously.</param>
/// <param name="Properties">The scheme's own mapping, as written.</param>
/// <param name="Secret">Name of the secret that has the mapping instead.</param>
public sealed record ResourceReference(string Address, string? Scheme, JsonValue Properties, string? Secret)
{
    /// <summary>Not its credentials.</summary>
    public override string ToString() => Address;
}

/// <summary>What became of a <see cref="ResourceReference"/>.</summary>
/// <param name="Text">Null when it could not be had.</param>
/// <param name="Problem">Why, in a sentence.</param>
public sealed record FetchedResource(string? Text, string? Problem);
