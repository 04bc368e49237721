using System.Net;

namespace Voltwright.Automation.Invocations;

/// <summary>Where protocols other than plain HTTP may connect to: the routes and the policy of HTTP calls are theirs too.</summary>
internal sealed class Outbound(HttpRoutes routes)
{
    /// <summary>What really stands behind an address, and the way there. There is no way without a socket for these protocols.</summary>
    public (Uri Uri, bool IsTrusted) Find(Uri uri)
    {
        var route = routes.Find(uri);
        return (route.Uri, route.Way == HttpWay.Trusted);
    }

    public (Uri Uri, SocketsHttpHandler Handler) Http(Uri uri)
    {
        var (target, isTrusted) = Find(uri);
        return (target, GuardedSockets.NewHandler(isGuarded: !isTrusted));
    }

    /// <summary>For libraries that open sockets themselves: the very addresses they may connect to.</summary>
    /// <exception cref="RefusedAddressException">The operator does not let workflows go there.</exception>
    public async Task<(Uri Uri, IPAddress Address)> ResolveAsync(Uri uri, CancellationToken cancellation)
    {
        var (target, isTrusted) = Find(uri);
        var addresses = isTrusted
            ? await Dns.GetHostAddressesAsync(target.IdnHost, cancellation)
            : await GuardedSockets.ResolveAsync(target.IdnHost, target.Authority, cancellation);
        return (target, addresses[0]);
    }
}
