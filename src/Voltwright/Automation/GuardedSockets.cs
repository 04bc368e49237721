using System.Net;
using System.Net.Sockets;

namespace Voltwright.Automation;

/// <summary>How workflows get onto the network: to public addresses, or wherever the operator named.</summary>
internal static class GuardedSockets
{
    // Proxies are not asked: the policy would judge the proxy's address instead of the target's.
    public static SocketsHttpHandler NewHandler(bool isGuarded) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = isGuarded ? ConnectAsync : null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>The addresses of a host, when all of them may be reached.</summary>
    /// <param name="authority">What the operator would have to allow.</param>
    public static async Task<IPAddress[]> ResolveAsync(string host, string authority, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
        return addresses.FirstOrDefault(a => !AddressPolicy.IsPublic(a)) is { } refused
            ? throw new RefusedAddressException(authority, refused) : addresses;
    }

    // The address that is connected to is the one that was judged, so a name that changes its mind in between gains nothing.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, context.InitialRequestMessage.RequestUri?.Authority ?? host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
