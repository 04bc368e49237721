using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Voltwright.Ocpp.Tests.Connection;

/// <summary>Both ends of one WebSocket over a real loopback connection, without the HTTP upgrade.</summary>
static class SocketPair
{
    public static async Task<(WebSocket Station, WebSocket Server)> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (Wrap(client, isServer: false), Wrap(await accepting, isServer: true));
    }

    static WebSocket Wrap(TcpClient client, bool isServer)
    {
        client.NoDelay = true;
        return WebSocket.CreateFromStream(
            client.GetStream(), new WebSocketCreationOptions { IsServer = isServer, SubProtocol = "ocpp1.6" });
    }
}
