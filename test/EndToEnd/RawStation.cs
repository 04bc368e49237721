using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Voltwright.Jq;

namespace Voltwright.EndToEnd;

/// <summary>A station that says exactly what a test says, byte for byte, and agrees to everything it is asked.</summary>
public sealed class RawStation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket;
    private readonly Channel<JsonValue> _answers = Channel.CreateUnbounded<JsonValue>();
    private readonly Task _receiving;
    private int _lastId;

    private RawStation(ClientWebSocket socket)
    {
        _socket = socket;
        _receiving = ReceiveAsync();
    }

    /// <summary>Everything that was exchanged: who calls, action, request, answer.</summary>
    public ConcurrentQueue<(string Action, JsonValue Request, JsonValue Answer)> Exchanged { get; } = [];

    /// <summary>What the server asked, in order.</summary>
    public ConcurrentQueue<(string Action, JsonValue Payload)> Asked { get; } = [];

    public static async Task<RawStation> ConnectAsync(Uri endpoint, string id, string secret)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp1.6");
        socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        await socket.ConnectAsync(new Uri($"{endpoint}/{id}"), CancellationToken.None);
        return new RawStation(socket);
    }

    /// <summary>The payload of the answer; fails the test when it is an error.</summary>
    public async Task<JsonValue> CallAsync(string action, string payload)
    {
        var answer = await SendAsync($"[2,\"{Interlocked.Increment(ref _lastId)}\",\"{action}\",{payload}]");
        Assert.True(answer[0] == 3, $"{action} {payload} was answered with {answer}");
        Exchanged.Enqueue((action, JsonValue.Parse(payload), answer[2]));
        return answer[2];
    }

    /// <summary>Sends a text as it is and returns the frame that comes back.</summary>
    public async Task<JsonValue> SendAsync(string text)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        return await _answers.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
            await _receiving.WaitAsync(Patience, TimeProvider.System);
        }
        catch (WebSocketException)
        {
            // The server may have hung up first.
        }

        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
                break;
            var frame = JsonValue.Parse(buffer.AsSpan(0, length));
            if (frame[0] == 2)
                await AgreeAsync(frame);
            else
                _answers.Writer.TryWrite(frame);
        }
    }

    private async Task AgreeAsync(JsonValue call)
    {
        var action = call[2].AsString();
        Asked.Enqueue((action, call[3]));
        var status = action switch
        {
            "UnlockConnector" => "Unlocked",
            "DataTransfer" => "UnknownVendorId",
            _ => "Accepted",
        };
        JsonValue answer = JsonArray.Of(3, call[1], JsonObject.Of(("status", status)));
        await _socket.SendAsync(answer.ToUtf8(), WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
