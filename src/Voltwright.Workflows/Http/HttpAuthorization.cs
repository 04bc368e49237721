using System.Text;
using Voltwright.Jq;

namespace Voltwright.Workflows.Http;

/// <summary>Who a call is made as. Kept in parts, so that a secret in it can still be recognised and masked.</summary>
/// <param name="Scheme"><c>Basic</c>, <c>Bearer</c>, <c>Digest</c>, <see cref="OAuth2"/> or <see cref="OpenIdConnect"/>.</param>
/// <param name="User">Basic and Digest only.</param>
/// <param name="Credential">The password or the token; empty when there is a <paramref name="Grant"/>.</param>
/// <param name="Grant">How the host gets the token: the DSL's <c>oauth2</c> or <c>oidc</c>, evaluated. Null for the other schemes.</param>
public sealed record HttpAuthorization(string Scheme, string? User, string Credential, JsonValue Grant = default)
{
    /// <summary>A token from the endpoint that the grant names (RFC 6749).</summary>
    public const string OAuth2 = "OAuth2";

    /// <summary>A token from the endpoint that the authority's discovery document names.</summary>
    public const string OpenIdConnect = "OpenIdConnect";

    /// <summary>Whether the host has to get a token first.</summary>
    public bool NeedsToken => Scheme is OAuth2 or OpenIdConnect;

    /// <summary>What follows the scheme in the header; null when only the host knows it.</summary>
    public string? Parameter => Scheme switch
    {
        "Basic" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Credential}")),
        "Bearer" => Credential,
        _ => null,
    };

    /// <summary>As it stands in a request to the host: <c>{"scheme", "user"?, "credential", "grant"?}</c>.</summary>
    public JsonObject ToJson()
    {
        var json = JsonObject.Of(("scheme", Scheme), ("credential", Credential));
        if (User is not null)
            json = json.With("user", User);
        return Grant.IsNull ? json : json.With("grant", Grant);
    }

    /// <summary>Null when the value is none.</summary>
    public static HttpAuthorization? FromJson(JsonValue json) =>
        json["scheme"].TryGetString(out var scheme) && json["credential"].TryGetString(out var credential)
            ? new HttpAuthorization(scheme, json["user"].TryGetString(out var user) ? user : null, credential, json["grant"]) : null;

    /// <summary>DSL, Authorization Descriptor.</summary>
    internal JsonValue Describe() => JsonObject.Of(("scheme", NeedsToken ? "Bearer" : Scheme), ("parameter", Parameter));

    public override string ToString() => $"{Scheme} …";
}
