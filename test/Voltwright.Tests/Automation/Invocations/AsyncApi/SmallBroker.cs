using System.Net;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Voltwright.Bench.Serving;
using Voltwright.Testing;

namespace Voltwright.Tests.Automation.Invocations.AsyncApi;

/// <summary>A real MQTT broker on loopback that knows one user.</summary>
internal sealed class SmallBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private SmallBroker(MqttServer server, int port)
    {
        _server = server;
        Address = new Uri($"mqtt://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    public TaskCompletionSource Subscribed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<SmallBroker> StartAsync(string user, string password)
    {
        var port = Ports.Free();
        var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
        var server = new MqttServerFactory().CreateMqttServer(options);
        var broker = new SmallBroker(server, port);
        server.ValidatingConnectionAsync += e =>
        {
            if (e.UserName != user || e.Password != password)
                e.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        server.ClientSubscribedTopicAsync += _ =>
        {
            broker.Subscribed.TrySetResult();
            return Task.CompletedTask;
        };
        await server.StartAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
            await _server.StopAsync();
        _server.Dispose();
    }
}
