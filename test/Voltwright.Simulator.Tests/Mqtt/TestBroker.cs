using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Voltwright.Bench.Serving;
using Voltwright.Testing;

namespace Voltwright.Simulator.Tests.Mqtt;

/// <summary>A broker on loopback that keeps what stations publish and sends them commands.</summary>
sealed class TestBroker : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _replies = new();
    readonly MqttServer _server;

    TestBroker(MqttServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    public static async Task<TestBroker> StartAsync()
    {
        var port = Ports.Free();
        var factory = new MqttServerFactory();
        var server = factory.CreateMqttServer(factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .Build());
        var broker = new TestBroker(server, port);
        server.ValidatingConnectionAsync += connecting =>
        {
            connecting.ReasonCode = connecting is { UserName: "ST1", Password: "secret" }
                ? MqttConnectReasonCode.Success
                : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += broker.PublishedAsync;
        await server.StartAsync();
        return broker;
    }

    public async Task<JsonElement> NextAsync(string name, Func<JsonElement, bool>? fits = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var skipped = new List<string>();
        try
        {
            while (true)
            {
                var said = await _events.Reader.ReadAsync(patience.Token);
                if (said.GetProperty("type").GetString() == $"com.ev-power-supplier.charging-station.{name}.v1"
                    && (fits is null || fits(said.GetProperty("data"))))
                    return said;
                skipped.Add(said.GetRawText());
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {name} came; instead: {string.Join("\n", skipped)}");
        }
    }

    public async Task<JsonElement> CommandAsync(string type, JsonObject data)
    {
        var id = Guid.NewGuid().ToString();
        var reply = _replies.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["type"] = type, ["data"] = data }));
        return await reply.Task.WaitAsync(Patience);
    }

    public Task SendAsync(byte[] payload) => _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder()
            .WithTopic("stations/ST1/commands")
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build()) { SenderClientId = "broker" });

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }

    Task PublishedAsync(InterceptingPublishEventArgs published)
    {
        if (published.ClientId == "broker") return Task.CompletedTask;
        var message = JsonElement.Parse(published.ApplicationMessage.Payload.ToArray());
        switch (published.ApplicationMessage.Topic)
        {
            case "stations/ST1/events":
                _events.Writer.TryWrite(message);
                break;
            case "stations/ST1/replies" when _replies.TryGetValue(message.GetProperty("id").GetString()!, out var reply):
                reply.TrySetResult(message);
                break;
        }

        return Task.CompletedTask;
    }
}
