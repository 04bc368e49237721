using System.Net;
using Voltwright.Automation;

namespace Voltwright.Forwarding.Webhooks;

/// <summary>The way to receivers: to public addresses, or wherever the operator allowed. Redirects are not followed.</summary>
public sealed class WebhookHttp(HttpRoutes routes) : IDisposable
{
    private readonly HttpMessageInvoker _guarded = new(GuardedSockets.NewHandler(isGuarded: true));
    private readonly HttpMessageInvoker _trusted = new(GuardedSockets.NewHandler(isGuarded: false));

    public void Dispose()
    {
        _guarded.Dispose();
        _trusted.Dispose();
    }

    /// <summary>Why events cannot be sent there, as far as can be told now; null when they can.</summary>
    public async Task<string?> ProblemAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "An address is an absolute http or https URL.";
        if (uri.UserInfo.Length > 0)
            return "An address carries no user and password: receivers know us by the signature.";
        switch (routes.Find(uri))
        {
            case { Way: HttpWay.InProcess }:
                return $"{uri.Authority} is this server itself.";
            case { Way: HttpWay.Trusted }:
                return null;
        }

        try
        {
            await GuardedSockets.ResolveAsync(uri.IdnHost, uri.Authority, cancellation);
            return null;
        }
        catch (RefusedAddressException refused)
        {
            return refused.Message;
        }
        catch (System.Net.Sockets.SocketException)
        {
            // A name that does not resolve today may do so tomorrow; the policy is asked again at every connection.
            return null;
        }
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var route = routes.Find(request.RequestUri!);
        if (route.Way == HttpWay.InProcess)
            throw new HttpRequestException($"{request.RequestUri!.Authority} is this server itself.");
        request.RequestUri = route.Uri;
        return (route.Way == HttpWay.Trusted ? _trusted : _guarded).SendAsync(request, cancellation);
    }
}
