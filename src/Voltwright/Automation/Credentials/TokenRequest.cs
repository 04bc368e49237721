using System.Security.Cryptography;
using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;

namespace Voltwright.Automation.Credentials;

/// <summary>Writes the request for a token (RFC 6749; RFC 7523 for clients that sign; RFC 8693 for the exchange of tokens).</summary>
internal static class TokenRequest
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan AssertionLife = TimeSpan.FromMinutes(5);

    /// <param name="refresh">A refresh token to use instead of the grant; null the first time.</param>
    public static HttpRequestSpec For(JsonValue grant, string endpoint, string? refresh, DateTimeOffset at)
    {
        var fields = refresh is null ? GrantFields(grant) : JsonObject.Of(("grant_type", "refresh_token"), ("refresh_token", refresh));
        fields = Joined(Joined(fields, "scope", grant["scopes"]), "audience", grant["audiences"]);
        var client = grant["client"];
        var (id, secret) = (Text(client["id"]), Text(client["secret"]));
        HttpAuthorization? authorization = null;
        switch (Text(client["authentication"]) ?? "client_secret_post")
        {
            case "client_secret_basic":
                authorization = new HttpAuthorization("Basic", Uri.EscapeDataString(id ?? ""), Uri.EscapeDataString(secret ?? ""));
                break;
            case "client_secret_jwt":
                fields = Assertion(fields, id, Sign(id ?? "", secret ?? "", endpoint, at));
                break;
            case "private_key_jwt":
                fields = Assertion(fields, id, Text(client["assertion"])
                    ?? throw new TokenException(Workflows.Runs.HttpFailure.Unauthenticated, "'private_key_jwt' needs a 'client.assertion'."));
                break;
            case "none":
                fields = With(fields, "client_id", id);
                break;
            default:
                fields = With(With(fields, "client_id", id), "client_secret", secret);
                break;
        }

        var encoding = Text(grant["request"]["encoding"]) == "application/json" ? "application/json" : Form;
        return new HttpRequestSpec("POST", endpoint, JsonObject.Of(("Accept", "application/json")), fields, encoding, authorization, false);
    }

    // The DSL has no property for a code or a refresh token: they are the token of the subject.
    private static JsonObject GrantFields(JsonValue grant)
    {
        var type = grant["grant"].AsString();
        var fields = JsonObject.Of(("grant_type", type));
        var (subject, actor) = (grant["subject"], grant["actor"]);
        return type switch
        {
            "password" => With(With(fields, "username", Text(grant["username"])), "password", Text(grant["password"])),
            "refresh_token" => With(fields, "refresh_token", Text(subject["token"])),
            "authorization_code" => With(fields, "code", Text(subject["token"])),
            "urn:ietf:params:oauth:grant-type:token-exchange" => With(With(With(With(
                fields,
                "subject_token", Text(subject["token"])), "subject_token_type", Text(subject["type"])),
                "actor_token", Text(actor["token"])), "actor_token_type", Text(actor["type"])),
            _ => fields,
        };
    }

    private static JsonObject Assertion(JsonObject fields, string? id, string assertion) =>
        With(With(With(fields, "client_id", id), "client_assertion_type", JwtBearer), "client_assertion", assertion);

    private static string Sign(string id, string secret, string audience, DateTimeOffset at)
    {
        JsonValue header = JsonObject.Of(("alg", "HS256"), ("typ", "JWT"));
        JsonValue claims = JsonObject.Of(
            ("iss", id), ("sub", id), ("aud", audience), ("jti", Guid.NewGuid().ToString("N")),
            ("iat", at.ToUnixTimeSeconds()), ("exp", (at + AssertionLife).ToUnixTimeSeconds()));
        var content = $"{Base64Url(header.ToUtf8())}.{Base64Url(claims.ToUtf8())}";
        return $"{content}.{Base64Url(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static JsonObject Joined(JsonObject fields, string name, JsonValue list) =>
        list.TryGetArray(out var items) && items.Count > 0 ? fields.With(name, string.Join(' ', items.Select(Text))) : fields;

    private static JsonObject With(JsonObject fields, string name, string? value) => value is null ? fields : fields.With(name, value);

    private static string? Text(JsonValue value) => value.IsNull ? null : value.TryGetString(out var text) ? text : value.ToString();
}
