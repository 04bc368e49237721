using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Voltwright.Automation.Credentials;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Makes the HTTP calls of workflows. Whatever happens out there comes back as an event of the run; nothing is thrown.</summary>
public sealed class HttpCaller : IDisposable
{
    private const int MostRedirects = 10;
    private readonly HttpCallerOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _guarded = new(GuardedSockets.NewHandler(isGuarded: true));
    private readonly HttpMessageInvoker _trusted = new(GuardedSockets.NewHandler(isGuarded: false));
    private readonly HttpMessageInvoker? _inProcess;

    public HttpCaller(HttpCallerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        Tokens = new TokenSource((request, cancellation) => CallAsync(new CallHttp("token", Guid.NewGuid().ToString("N"), request), cancellation), time);
        _inProcess = options.InProcess is { } handler ? new HttpMessageInvoker(handler, disposeHandler: false) : null;
    }

    /// <summary>Where calls go; other protocols go by the same.</summary>
    public HttpRoutes Routes => _options.Routes;

    /// <summary>What OAuth2 and OpenID Connect gave.</summary>
    internal TokenSource Tokens { get; }

    /// <summary>Completes with <see cref="HttpAnswered"/> or <see cref="HttpFailed"/>; null when the caller gave up.</summary>
    public async Task<RunEvent?> CallAsync(CallHttp call, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await FollowAsync(call, either.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return Failed(call, HttpFailure.Timeout, $"No complete answer within {_options.Timeout.TotalSeconds:0} s.");
        }
        catch (TokenException e)
        {
            return Failed(call, e.Kind, e.Message);
        }
        catch (Exception e) when (RefusedAddressException.In(e) is { } refused)
        {
            return Failed(call, HttpFailure.RefusedAddress, refused.Message);
        }
        catch (Exception e)
        {
            // The edge of the process: a broken answer, a name that does not resolve, a header that cannot be written.
            return Failed(call, HttpFailure.Connection, Innermost(e));
        }
    }

    public void Dispose()
    {
        _guarded.Dispose();
        _trusted.Dispose();
        _inProcess?.Dispose();
    }

    private async Task<RunEvent> FollowAsync(CallHttp call, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(call.Request.Uri, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return Failed(call, HttpFailure.Connection, $"'{call.Request.Uri}' is no absolute http or https address.");
        var request = call.Request;
        for (var redirects = 0; ; redirects++)
        {
            var (response, token) = await AuthorizedAsync(call, request, uri, cancellation);
            using var _ = response;
            if (!request.FollowRedirects || RedirectOf(response, uri) is not { } next)
                return await ReadAsync(call, response, uri, token, cancellation);
            if (redirects == MostRedirects)
                return Failed(call, HttpFailure.Connection, $"More than {MostRedirects} redirects, the last to {next}.");
            request = Redirected(request, response.StatusCode, sameAuthority: next.Authority == uri.Authority && next.Scheme == uri.Scheme);
            uri = next;
        }
    }

    // Schemes that take more than a header: a token has to be got, a challenge to be answered.
    private async Task<(HttpResponseMessage Response, string? Token)> AuthorizedAsync(
        CallHttp call, HttpRequestSpec request, Uri uri, CancellationToken cancellation)
    {
        switch (request.Authorization)
        {
            case { NeedsToken: true } who:
                var token = await Tokens.GetAsync(who, null, cancellation);
                var response = await SendAsync(call, request, uri, Bearer(token), cancellation);
                if (response.StatusCode != HttpStatusCode.Unauthorized)
                    return (response, token.Text);
                response.Dispose();
                var another = await Tokens.GetAsync(who, token.Text, cancellation);
                return (await SendAsync(call, request, uri, Bearer(another), cancellation), another.Text);
            case { Scheme: "Digest", User: { } user, Credential: var password }:
                var first = await SendAsync(call, request, uri, null, cancellation);
                if (first.StatusCode != HttpStatusCode.Unauthorized
                    || !first.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges)
                    || DigestChallenge.Answer(challenges, user, password, request.Method, uri.PathAndQuery, Guid.NewGuid().ToString("N")) is not { } answer)
                {
                    return (first, null);
                }

                first.Dispose();
                return (await SendAsync(call, request, uri, new AuthenticationHeaderValue("Digest", answer), cancellation), null);
            case var plain:
                var header = plain is null ? null : new AuthenticationHeaderValue(plain.Scheme, plain.Parameter);
                return (await SendAsync(call, request, uri, header, cancellation), null);
        }
    }

    private static AuthenticationHeaderValue Bearer(AccessToken token) => new("Bearer", token.Text);

    private Task<HttpResponseMessage> SendAsync(
        CallHttp call, HttpRequestSpec request, Uri uri, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        var route = _options.Routes.Find(uri);
        var message = NewMessage(request, route.Uri, call.IdempotencyKey);
        message.Headers.Authorization = authorization ?? message.Headers.Authorization;
        var invoker = route.Way switch
        {
            HttpWay.InProcess =>
                _inProcess ?? throw new HttpRequestException($"{uri.Authority} is this server, and none is running here; map it to one."),
            HttpWay.Trusted => _trusted,
            _ => _guarded,
        };
        return invoker.SendAsync(message, cancellation);
    }

    private static HttpRequestMessage NewMessage(HttpRequestSpec request, Uri uri, string idempotencyKey)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (request.EncodeBody() is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (var (name, value) in request.Headers)
        {
            var text = value.TryGetString(out var plain) ? plain : value.ToString();
            if (!message.Headers.TryAddWithoutValidation(name, text))
                message.Content?.Headers.TryAddWithoutValidation(name, text);
        }

        if (!message.Headers.Contains("Idempotency-Key"))
            message.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return message;
    }

    private async Task<RunEvent> ReadAsync(CallHttp call, HttpResponseMessage response, Uri uri, string? token, CancellationToken cancellation)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
            {
                if (body.Length + read > _options.LargestBody)
                    return Failed(call, HttpFailure.Connection, $"The answer is larger than {_options.LargestBody} bytes.");
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new HttpAnswered(_time.GetUtcNow(), call.Id, (int)response.StatusCode, HeadersOf(response), body.ToArray(), uri.AbsoluteUri, token);
    }

    private static JsonObject HeadersOf(HttpResponseMessage response)
    {
        var headers = new JsonObject.Builder();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers.Set(name, string.Join(", ", values));
        return headers.ToObject();
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
            && response.Headers.NonValidated.TryGetValues("Location", out var location)
            && Uri.TryCreate(from, location.ToString(), out var to) && to.Scheme is "http" or "https"
                ? to : null;

    // RFC 9110, 15.4: 303 always asks with GET, 301 and 302 do so after a POST; credentials stay with the authority they are for.
    private static HttpRequestSpec Redirected(HttpRequestSpec request, HttpStatusCode status, bool sameAuthority)
    {
        var asksAgain = (int)status == 303 ? request.Method != "HEAD" : (int)status is 301 or 302 && request.Method == "POST";
        return request with
        {
            Method = asksAgain ? "GET" : request.Method,
            Body = asksAgain ? default : request.Body,
            ContentType = asksAgain ? null : request.ContentType,
            Authorization = sameAuthority ? request.Authorization : null,
        };
    }

    private HttpFailed Failed(CallHttp call, HttpFailure kind, string reason) => new(_time.GetUtcNow(), call.Id, kind, reason);

    private static string Innermost(Exception e) =>
        e is HttpRequestException && e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
}
