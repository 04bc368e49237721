using System.Text;
using Voltwright.Jq;

namespace Voltwright.Workflows.Http;

/// <summary>Who a call is made as. Kept in parts, so that a secret in it can still be recognised and masked.</summary>
/// <param name="Scheme"><c>Basic</c> or <c>Bearer</c>.</param>
/// <param name="User">Basic only.</param>
/// <param name="Credential">The password or the token.</param>
public sealed record HttpAuthorization(string Scheme, string? User, string Credential)
{
    /// <summary>What follows the scheme in the header.</summary>
    public string Parameter => User is null ? Credential : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Credential}"));

    /// <summary>DSL, Authorization Descriptor.</summary>
    internal JsonValue Describe() => JsonObject.Of(("scheme", Scheme), ("parameter", Parameter));

    public override string ToString() => $"{Scheme} …";
}
