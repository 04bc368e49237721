using System.Text;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Credentials;

/// <summary>Calls as OAuth2 and OpenID Connect have them, with an authority and a resource on loopback.</summary>
public sealed class TokenTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private FakeService? _service;
    private HttpCaller? _caller;
    private int _given;

    [Theory]
    [InlineData("""{"grant": "client_credentials", "client": {"id": "me", "secret": "s&s"}, "scopes": ["a", "b"], "audiences": ["x"]}""",
        "grant_type=client_credentials&scope=a b&audience=x&client_id=me&client_secret=s&s")]
    [InlineData("""{"grant": "password", "username": "u", "password": "p", "client": {"id": "me", "authentication": "none"}}""",
        "grant_type=password&username=u&password=p&client_id=me")]
    [InlineData("""{"grant": "client_credentials", "client": {"id": "me", "assertion": "a.b.c", "authentication": "private_key_jwt"}}""",
        "grant_type=client_credentials&client_id=me&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=a.b.c")]
    [InlineData("""
        {"grant": "urn:ietf:params:oauth:grant-type:token-exchange", "subject": {"token": "s", "type": "t1"}, "actor": {"token": "a", "type": "t2"}}
        """,
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=s&subject_token_type=t1&actor_token=a&actor_token_type=t2")]
    [InlineData("""{"grant": "refresh_token", "subject": {"token": "r", "type": "refresh"}}""", "grant_type=refresh_token&refresh_token=r")]
    [InlineData("""{"grant": "authorization_code", "subject": {"token": "c", "type": "code"}}""", "grant_type=authorization_code&code=c")]
    public async Task Grant_OfEveryKind_IsAskedForAsTheRfcsSay(string grant, string form)
    {
        await StartAsync();

        var answer = await CallAsync(grant);

        Assert.Equal(("token-1", "\"Bearer token-1\""), (answer.Token, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Equal(("POST", "/realm/oauth2/token"), (_service!.Requests[0].Method, _service.Requests[0].Path));
        Assert.Equal(form, HttpUtility.UrlDecode(_service.Requests[0].Body));
    }

    [Fact]
    public async Task Client_ByBasicOrByJwt_Authenticates()
    {
        await StartAsync();
        await CallAsync("""{"grant": "client_credentials", "client": {"id": "me", "secret": "x", "authentication": "client_secret_basic"}}""");
        await CallAsync("""{"grant": "client_credentials", "client": {"id": "me", "secret": "x", "authentication": "client_secret_jwt"}}""");

        Assert.Equal("Basic bWU6eA==", _service!.Requests[0].Header("Authorization"));
        var assertion = HttpUtility.ParseQueryString(_service.Requests[2].Body)["client_assertion"]!.Split('.');
        var claims = JsonValue.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(assertion[1]));
        Assert.Equal(("me", "me"), (claims["iss"].AsString(), claims["sub"].AsString()));
        Assert.EndsWith("/realm/oauth2/token", claims["aud"].AsString(), StringComparison.Ordinal);
        var signature = System.Security.Cryptography.HMACSHA256.HashData("x"u8.ToArray(), Encoding.ASCII.GetBytes($"{assertion[0]}.{assertion[1]}"));
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(signature), assertion[2]);
    }

    [Fact]
    public async Task Request_AskedForAsJson_IsJson()
    {
        await StartAsync();
        await CallAsync("""{"grant": "client_credentials", "client": {"id": "me"}, "request": {"encoding": "application/json"}, "endpoints": {"token": "t"}}""");

        Assert.Equal(("/realm/t", """{"grant_type":"client_credentials","client_id":"me"}"""), (_service!.Requests[0].Path, _service.Requests[0].Body));
    }

    [Fact]
    public async Task Token_AskedForAgain_IsKeptUntilItEndsAndThenRefreshed()
    {
        await StartAsync("""{"access_token": "token-N", "expires_in": 300, "refresh_token": "again"}""");
        const string Grant = """{"grant": "client_credentials", "client": {"id": "me"}}""";

        var tokens = new List<string?>();
        foreach (var minutes in new[] { 0, 4, 1 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            tokens.Add((await CallAsync(Grant)).Token);
        }

        Assert.Equal(["token-1", "token-1", "token-2"], tokens);
        Assert.Equal(["grant_type=client_credentials&client_id=me", "grant_type=refresh_token&refresh_token=again&client_id=me"],
            _service!.Requests.Where(r => r.Path == "/realm/oauth2/token").Select(r => r.Body));
    }

    [Fact]
    public async Task Token_ThatIsTurnedAway_IsReplacedOnce()
    {
        await StartAsync(accepts: "Bearer token-2");

        var answer = await CallAsync("""{"grant": "client_credentials"}""");

        Assert.Equal((200, "token-2"), (answer.Status, answer.Token));
        Assert.Equal(4, _service!.Requests.Count);
    }

    [Fact]
    public async Task OpenIdConnect_WithAnAuthorityAlone_FindsItsEndpointByDiscovery()
    {
        await StartAsync();

        await CallAsync("""{"grant": "client_credentials"}""", HttpAuthorization.OpenIdConnect);

        Assert.Equal(["/realm/.well-known/openid-configuration", "/found", "/thing"], _service!.Requests.Select(r => r.Path));
    }

    [Theory]
    [InlineData("""{"error": "invalid_client", "error_description": "who is that?"}""", 400, "status 400, who is that?")]
    [InlineData("""{"token": "x"}""", 200, "without an 'access_token'")]
    [InlineData("""{"access_token": "e30.eyJpc3MiOiJodHRwczovL2V2aWwifQ.x"}""", 200, "none of the 'issuers'")]
    public async Task Authority_ThatGivesNothingGood_IsAnAuthenticationError(string body, int status, string reason)
    {
        await StartAsync(body, status);

        var failed = Assert.IsType<HttpFailed>(await RawAsync(
            """{"grant": "client_credentials", "issuers": ["https://good"]}""", HttpAuthorization.OAuth2));

        Assert.Equal(HttpFailure.Unauthenticated, failed.Kind);
        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_Challenged_IsAnswered()
    {
        _service = await FakeService.StartAsync((request, context) =>
        {
            context.Response.StatusCode = request.Header("Authorization") is null ? 401 : 200;
            context.Response.Headers.WWWAuthenticate = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
            return context.Response.WriteAsync("1");
        });
        _caller = Caller();
        var answer = Assert.IsType<HttpAnswered>(await _caller.CallAsync(Call(new HttpAuthorization("Digest", "u", "p")), CancellationToken.None));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/thing\"", _service.Requests[1].Header("Authorization"), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _caller?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    private async Task StartAsync(string token = """{"access_token": "token-N", "expires_in": "3600"}""", int status = 200, string? accepts = null)
    {
        _service = await FakeService.StartAsync(request =>
        {
            if (request.Path.EndsWith("openid-configuration", StringComparison.Ordinal))
                return Results.Json(new { token_endpoint = "https://authority.example/found" });
            if (request.Method == "POST")
                return Results.Text(token.Replace("token-N", $"token-{++_given}", StringComparison.Ordinal), "application/json", statusCode: status);
            var who = request.Header("Authorization");
            return accepts is null || who == accepts ? Results.Json(who) : Results.Unauthorized();
        });
        _caller = Caller();
    }

    private HttpCaller Caller()
    {
        var routes = new HttpRoutes(new Dictionary<string, Uri>
        {
            ["https://authority.example"] = _service!.Address, ["https://service.example"] = _service.Address,
        });
        return new HttpCaller(new HttpCallerOptions { Routes = routes }, _time);
    }

    private async Task<HttpAnswered> CallAsync(string grant, string scheme = HttpAuthorization.OAuth2) =>
        Assert.IsType<HttpAnswered>(await RawAsync(grant, scheme));

    private Task<RunEvent?> RawAsync(string grant, string scheme) => _caller!.CallAsync(
        Call(new HttpAuthorization(scheme, null, "", JsonValue.Parse(grant).AsObject().With("authority", "https://authority.example/realm/"))),
        TestContext.Current.CancellationToken);

    private static CallHttp Call(HttpAuthorization who) =>
        new("c1", "key-1", new HttpRequestSpec("GET", "https://service.example/thing", JsonObject.Empty, default, null, who, false));
}
