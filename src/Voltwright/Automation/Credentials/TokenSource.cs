using System.Collections.Concurrent;
using System.Text;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Credentials;

/// <summary>Tokens of authorities: asked for once, kept as long as they last, refreshed when they can be. In memory only.</summary>
/// <param name="send">Makes a request within the limits of all calls.</param>
internal sealed class TokenSource(Func<HttpRequestSpec, CancellationToken, Task<RunEvent?>> send, TimeProvider time)
{
    private const string WellKnown = "/.well-known/openid-configuration";
    private const int MostKept = 1000;
    private readonly ConcurrentDictionary<string, Entry> _kept = new(StringComparer.Ordinal);

    /// <param name="refused">A token that was turned away: another one is asked for.</param>
    /// <exception cref="TokenException">There is none.</exception>
    public async Task<AccessToken> GetAsync(HttpAuthorization who, string? refused, CancellationToken cancellation)
    {
        var key = who.Scheme + who.Grant;
        if (_kept.Count >= MostKept)
            _kept.Clear();
        var entry = _kept.GetOrAdd(key, _ => new Entry());
        await entry.Turn.WaitAsync(cancellation);
        try
        {
            var known = entry.Token;
            if (known is not null && known.Text != refused && known.EndsAt > time.GetUtcNow())
                return known;
            return entry.Token = await AskAsync(who, known?.Refresh, cancellation);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    private async Task<AccessToken> AskAsync(HttpAuthorization who, string? refresh, CancellationToken cancellation)
    {
        var endpoint = await EndpointAsync(who, cancellation);
        if (refresh is not null && await TryAskAsync(who, endpoint, refresh, cancellation) is { Token: { } refreshed })
            return refreshed.Refresh is null ? refreshed with { Refresh = refresh } : refreshed;
        var (token, problem) = await TryAskAsync(who, endpoint, null, cancellation);
        return token ?? throw new TokenException(HttpFailure.Unauthenticated, problem!);
    }

    private async Task<(AccessToken? Token, string? Problem)> TryAskAsync(
        HttpAuthorization who, string endpoint, string? refresh, CancellationToken cancellation)
    {
        var answer = await SendAsync(TokenRequest.For(who.Grant, endpoint, refresh, time.GetUtcNow()), cancellation);
        var content = HttpContentReader.Read(answer);
        if (answer.Status is < 200 or > 299)
        {
            var why = content["error_description"].TryGetString(out var text) || content["error"].TryGetString(out text) ? text : null;
            return (null, $"'{endpoint}' gave no token: status {answer.Status}{(why is null ? "" : $", {why}")}.");
        }

        if (AccessToken.Read(content, time.GetUtcNow()) is not { } token)
            return (null, $"'{endpoint}' answered without an 'access_token'.");
        return Issuer(token.Text) is var issuer && who.Grant["issuers"].TryGetArray(out var issuers) && issuers.Count > 0 && !issuers.Contains(issuer)
            ? (null, $"The token comes from {issuer}, which is none of the 'issuers'.") : (token, null);
    }

    // Relative to the authority, as a path below it; the discovery document of OpenID Connect names its own.
    private async Task<string> EndpointAsync(HttpAuthorization who, CancellationToken cancellation)
    {
        var authority = who.Grant["authority"].AsString().TrimEnd('/');
        var isDocument = authority.EndsWith(WellKnown, StringComparison.Ordinal);
        if (who.Scheme == HttpAuthorization.OpenIdConnect || isDocument)
        {
            var address = isDocument ? authority : authority + WellKnown;
            var answer = await SendAsync(new HttpRequestSpec("GET", address, JsonObject.Empty, default, null, null, true), cancellation);
            return answer.Status is >= 200 and <= 299 && HttpContentReader.Read(answer)["token_endpoint"].TryGetString(out var found) ? found
                : throw new TokenException(HttpFailure.Unauthenticated, $"'{address}' names no 'token_endpoint' (status {answer.Status}).");
        }

        var path = who.Grant["endpoints"]["token"].TryGetString(out var given) ? given : "/oauth2/token";
        return path.Contains("://", StringComparison.Ordinal) ? path : $"{authority}/{path.TrimStart('/')}";
    }

    private async Task<HttpAnswered> SendAsync(HttpRequestSpec request, CancellationToken cancellation) => await send(request, cancellation) switch
    {
        HttpAnswered answered => answered,
        HttpFailed failed => throw new TokenException(failed.Kind, $"No token from '{request.Uri}': {failed.Reason}"),
        _ => throw new OperationCanceledException(cancellation),
    };

    // Of a token that is a JWT; null of any other. The authority was reached directly, so its signature says nothing new.
    private static JsonValue Issuer(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return default;
        try
        {
            return JsonValue.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])))["iss"];
        }
        catch (Exception e) when (e is FormatException or JsonFormatException)
        {
            return default;
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public AccessToken? Token { get; set; }
    }
}
