using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Voltwright.Cluster;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Problems;
using Voltwright.Stations;

namespace Voltwright.Server.Auth;

/// <summary>Who is calling: a workflow of this process, a key (bearer), or a station (basic, its own id and secret).</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ApiKeys keys, SignIns signIns, FailureLimit failures, IGrainFactory grains)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "key";

    /// <summary>The id of the person who signed in; a key has no such claim.</summary>
    public const string PersonClaim = "person";

    /// <summary>The token of the signed-in browser; whoever showed credentials with the request itself has no such claim.</summary>
    public const string BrowserClaim = "browser";

    private static readonly AuthenticateResult Workflow = Succeed("workflow", Roles.Workflow);
    private string? _failure;
    private TimeSpan _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Stations show their credentials to the gateway, under their own protocol.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return AuthenticateResult.NoResult();
        if (Context.Features.Get<WorkflowCaller>() is not null)
            return Workflow;
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || header.Parameter is not { Length: > 0 } credentials)
            return await CheckBrowserAsync();
        return header.Scheme.ToLowerInvariant() switch
        {
            "bearer" => await CheckKeyAsync(credentials),
            "basic" => await CheckStationAsync(credentials),
            _ => AuthenticateResult.NoResult(),
        };
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (ConsolePage.Is(Context))
        {
            Response.Redirect(ConsolePage.SignInAt(Request));
            return Task.CompletedTask;
        }

        if (_wait > TimeSpan.Zero)
        {
            Response.Headers.RetryAfter = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(_wait.TotalSeconds)}");
            return Problem.TooManyRequests("Too many wrong credentials came from there. Wait before trying again.").WriteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Unauthorized(_failure ?? "Send 'Authorization: Bearer <key>'.").WriteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ConsolePage.Is(Context)
        ? ConsolePage.RefuseAsync(Context)
        : Problem.Forbidden($"The role '{Context.User.FindFirstValue(ClaimTypes.Role)}' may not do this.").WriteAsync(Context);

    private async Task<AuthenticateResult> CheckBrowserAsync()
    {
        if (Request.Cookies[SignIns.Cookie] is not { } token || await signIns.FindAsync(token, Context.RequestAborted) is not { } known)
            return AuthenticateResult.NoResult();
        List<Claim> claims = [new(BrowserClaim, token)];
        if (known.PersonId is { } person)
            claims.Add(new Claim(PersonClaim, person));
        return Succeed(known.Name, known.Role, [.. claims, .. Narrowing(known.Scope, known.Sites)]);
    }

    private async Task<AuthenticateResult> CheckKeyAsync(string key)
    {
        var caller = $"{Context.Connection.RemoteIpAddress}";
        if (IsBlocked(caller))
            return Fail("Too many wrong keys.");
        if (await keys.FindAsync(key, Context.RequestAborted) is { } known)
            return Succeed(known.Name, known.Role, [.. Narrowing(known.Scope, known.Sites)]);
        failures.Note(caller);
        return Fail("This key is not known here.");
    }

    private async Task<AuthenticateResult> CheckStationAsync(string credentials)
    {
        if (Decode(credentials) is not var (id, secret))
            return Fail("The basic credentials are not 'base64(station:secret)'.");
        var caller = $"{Context.Connection.RemoteIpAddress} {id}";
        if (IsBlocked(caller))
            return Fail("Too many wrong secrets.");
        var admission = await grains.Find<IStationGrain>(id).Authenticate(
            new Introduction("http", $"{Context.Connection.RemoteIpAddress}", secret, Request.IsHttps));
        if (admission.Admitted)
            return Succeed(id, Roles.Station);
        failures.Note(caller);
        return Fail($"{admission.Reason} {admission.Remedy}".TrimEnd());
    }

    private bool IsBlocked(string caller) => (_wait = failures.WaitFor(caller)) > TimeSpan.Zero;

    private AuthenticateResult Fail(string reason)
    {
        _failure = reason;
        return AuthenticateResult.Fail(reason);
    }

    private static IEnumerable<Claim> Narrowing(IReadOnlyList<string>? scope, IReadOnlyList<string>? sites) =>
        [.. (scope ?? []).Select(s => new Claim(Access.ScopeClaim, s)), .. (sites ?? []).Select(s => new Claim(Sight.Claim, s))];

    private static AuthenticateResult Succeed(string name, string role, params ReadOnlySpan<Claim> more)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role), .. more], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    private static (string Id, string Secret)? Decode(string credentials)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (credentials.Length > 600 || !Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes[..length]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (text[..colon], text[(colon + 1)..]) : null;
    }
}
