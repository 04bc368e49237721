using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Voltwright.Console.Tests.People;

/// <summary>
/// A small OpenID Connect provider on loopback: discovery, keys made on the fly, a page to sign in at, tokens for codes with PKCE, sign-out. What it
/// is asked is kept; what it answers can be made wrong.
/// </summary>
public sealed class StandInProvider : IAsyncDisposable
{
    public const string Client = "voltwright-tests";
    public const string Secret = "the client's secret";
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };
    private readonly RsaSecurityKey _wrongKey = new(RSA.Create(2048)) { KeyId = "k1" };
    private readonly Dictionary<string, IQueryCollection> _codes = [];
    private readonly WebApplication _app;

    private StandInProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Issuer, authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token", jwks_uri = $"{Issuer}/keys",
            end_session_endpoint = $"{Issuer}/leave", response_types_supported = new[] { "code" }, subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        });
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", (Delegate)TokenAsync);
        _app.MapGet("/leave", (string post_logout_redirect_uri, string? state) =>
        {
            Left++;
            return Results.Redirect($"{post_logout_redirect_uri}?state={state}");
        });
    }

    // Another site than 127.0.0.1, as a provider mostly is.
    public string Issuer => $"http://localhost:{new Uri(_app.Urls.First()).Port}";

    /// <summary>What the next token says of the person.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "u-1", ["preferred_username"] = "Nora", ["name"] = "Nora N." };

    /// <summary>What is wrong with the next token: <c>nonce</c>, <c>key</c>, <c>audience</c>, <c>issuer</c> or <c>expiry</c>.</summary>
    public string? Fault { get; set; }

    public IQueryCollection? Asked { get; private set; }

    public int Left { get; private set; }

    public static async Task<StandInProvider> OpenAsync()
    {
        var provider = new StandInProvider();
        await provider._app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Authorize(HttpContext context)
    {
        Asked = context.Request.Query;
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = Asked;
        var back = $"{Asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString($"{Asked["state"]}")}";
        return Results.Content($"<!DOCTYPE html><title>Provider</title><a id='go' href='{back.Replace("&", "&amp;")}'>It is me</a>", "text/html");
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!_codes.Remove($"{form["code"]}", out var asked) || form["client_id"] != Client || form["client_secret"] != Secret
            || asked["code_challenge"] != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes($"{form["code_verifier"]}"))))
            return Results.BadRequest(new { error = "invalid_grant" });
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Fault == "issuer" ? "https://elsewhere.example" : Issuer,
            Audience = Fault == "audience" ? "another-client" : Client,
            IssuedAt = now,
            Expires = Fault == "expiry" ? now.AddHours(-1) : now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = Fault == "nonce" ? "another" : $"{asked["nonce"]}" },
            SigningCredentials = new SigningCredentials(Fault == "key" ? _wrongKey : _key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "none", token_type = "Bearer", id_token = token, expires_in = 300 });
    }

    private object PublicKey()
    {
        var key = _key.Rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
    }
}
