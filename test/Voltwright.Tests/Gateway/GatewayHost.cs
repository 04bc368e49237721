using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voltwright.Gateway;
using Voltwright.Gateway.Mqtt;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Tests.Gateway;

/// <summary>The gateway on free loopback ports, with a fake station behind it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app) => _app = app;

    public StationLinks Links => _app.Services.GetRequiredService<StationLinks>();

    public UndeliveredWishes Wishes => _app.Services.GetRequiredService<UndeliveredWishes>();

    public int MqttPort => _app.Services.GetRequiredService<MqttGateway>().Port;

    public Uri Address => new(_app.Urls.First());

    public static async Task<GatewayHost> StartAsync(FakeStation station, GatewayOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(station.AsLookup);
        builder.Services.AddGateway((options ?? new GatewayOptions()) with { MqttPort = 0 });
        var app = builder.Build();
        app.UseWebSockets();
        app.UseRouting();
        app.MapOcppGateway();
        await app.StartAsync();
        return new GatewayHost(app);
    }

    public async Task<ClientWebSocket> ConnectAsync(
        string path = "CP1", string? credentials = "CP1:secret", string protocol = Subprotocols.Ocpp16)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.CollectHttpResponseDetails = true;
        if (credentials is not null)
            socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        try
        {
            await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = $"/ocpp/{path}" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // What the server answered is what the test looks at.
        }

        return socket;
    }

    /// <summary>A station that serves what the table has; runs until the host is gone.</summary>
    public async Task<OcppPeer> ConnectPeerAsync(HandlerTable<object>? table = null)
    {
        var peer = new OcppPeer(await ConnectAsync(), Ocpp16.Protocol, (table ?? new HandlerTable<object>(Ocpp16.Protocol)).For(this));
        _ = peer.RunAsync();
        return peer;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
