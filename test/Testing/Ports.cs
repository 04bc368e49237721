using System.Net;
using System.Net.Sockets;

namespace Voltwright.Testing;

/// <summary>Places to listen at.</summary>
public static class Ports
{
    // Below those that systems give to outgoing connections and to whoever asks for any: nobody else comes by one by chance.
    private const int First = 20_000;
    private const int AfterLast = 32_768;

    /// <summary>A port of loopback that nobody listens at just now, for what cannot take port 0.</summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, AfterLast));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one.
            }
        }
    }
}
