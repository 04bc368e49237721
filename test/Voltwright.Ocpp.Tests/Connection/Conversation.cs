using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Ocpp.Tests.Connection;

/// <summary>A management system's peer under test, and the other end as a bare socket that says whatever a test wants.</summary>
sealed class Conversation : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly WebSocket _station;

    Conversation(WebSocket station, OcppPeer peer, FakeTimeProvider time)
    {
        (_station, Peer, Time) = (station, peer, time);
        Running = peer.RunAsync();
    }

    public OcppPeer Peer { get; }

    public FakeTimeProvider Time { get; }

    public Task<PeerClosing> Running { get; }

    public WebSocket Station => _station;

    public static async Task<Conversation> OpenAsync(
        OcppHandler? handle = null, PeerOptions? options = null, OcppProtocol? protocol = null)
    {
        var (station, server) = await SocketPair.OpenAsync();
        var time = new FakeTimeProvider();
        var peer = new OcppPeer(server, protocol ?? Ocpp16.Protocol, handle ?? Heartbeats().For(0), options, time);
        return new Conversation(station, peer, time);
    }

    public static HandlerTable<int> Heartbeats() => new HandlerTable<int>(Ocpp16.Protocol)
        .On<HeartbeatRequest, HeartbeatResponse>((_, _, _) =>
            Task.FromResult(new HeartbeatResponse { CurrentTime = DateTimeOffset.UnixEpoch }));

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SayAsync(byte[] bytes, WebSocketMessageType type) =>
        _station.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message of the peer, or null when it closed.</summary>
    public async Task<string?> HearAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var part = await _station.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public async Task<JsonElement> HearFrameAsync() =>
        JsonElement.Parse(await HearAsync() ?? throw new InvalidOperationException("closed"));

    public async ValueTask DisposeAsync()
    {
        Peer.Abort("test over");
        await Running.WaitAsync(Patience);
        _station.Dispose();
    }
}
