using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

/// <summary>A station that says exactly what a test says, byte for byte, and agrees to everything it is asked.</summary>
public sealed class RawStation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket;
    private readonly Channel<JsonValue> _answers = Channel.CreateUnbounded<JsonValue>();
    private readonly Task _receiving;
    private int _lastId;

    private RawStation(ClientWebSocket socket, string protocol)
    {
        (_socket, Protocol) = (socket, protocol);
        _receiving = ListenAsync();
    }

    public string Protocol { get; }

    /// <summary>Everything that was exchanged: who calls, action, request, answer.</summary>
    public ConcurrentQueue<(string Action, JsonValue Request, JsonValue Answer)> Exchanged { get; } = [];

    /// <summary>What the server asked, in order.</summary>
    public ConcurrentQueue<(string Action, JsonValue Payload)> Asked { get; } = [];

    /// <param name="secret">Null sends no credentials.</param>
    /// <param name="certificate">What it shows of itself where the endpoint is encrypted.</param>
    public static Task<RawStation> ConnectAsync(Uri endpoint, string id, string? secret, X509Certificate2? certificate = null, X509Certificate2Collection? roots = null,
        string protocol = Subprotocols.Ocpp16) =>
        ConnectByAsync(endpoint, id, secret is null ? null : Encoding.UTF8.GetBytes(secret), certificate, roots, protocol);

    public static async Task<RawStation> ConnectByAsync(Uri endpoint, string id, byte[]? secret, X509Certificate2? certificate = null, X509Certificate2Collection? roots = null,
        string protocol = Subprotocols.Ocpp16)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        if (roots is not null)
            socket.Options.RemoteCertificateValidationCallback = TlsTrust.In(roots);
        if (certificate is not null)
            socket.Options.ClientCertificates.Add(certificate);
        if (secret is not null)
            socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String([.. Encoding.UTF8.GetBytes($"{id}:"), .. secret]));
        await socket.ConnectAsync(new Uri($"{endpoint}/{id}"), CancellationToken.None);
        return new RawStation(socket, protocol);
    }

    /// <summary>Completes when the server has closed the connection.</summary>
    public Task HungUp => _receiving.WaitAsync(Patience, TimeProvider.System);

    /// <summary>The payload of the answer; fails the test when it is an error.</summary>
    public async Task<JsonValue> CallAsync(string action, string payload)
    {
        var answer = await SendAsync($"[2,\"{Interlocked.Increment(ref _lastId)}\",\"{action}\",{payload}]");
        Assert.True(answer[0] == 3, $"{action} {payload} was answered with {answer}");
        Exchanged.Enqueue((action, JsonValue.Parse(payload), answer[2]));
        return answer[2];
    }

    public int ListVersion { get; set; }

    /// <summary>Payloads of answers that are not mere consent, by action.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = [];

    /// <summary>What the server asked last under that name.</summary>
    public JsonValue LastAsked(string action) => Asked.Last(a => a.Action == action).Payload;

    /// <summary>Answers nothing that the server asks.</summary>
    public bool IsMute { get; set; }

    /// <summary>Drops the line without a word.</summary>
    public void Crash() => _socket.Abort();

    /// <summary>Sends a text as it is, whatever comes of it.</summary>
    public void Say(string text) => _ = _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Sends a text, or two, as they are and returns the first frame that comes back.</summary>
    public async Task<JsonValue> SendAsync(string text, string? then = null)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        if (then is not null)
            await _socket.SendAsync(Encoding.UTF8.GetBytes(then), WebSocketMessageType.Text, true, CancellationToken.None);
        return await _answers.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
            await _receiving.WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception gone) when (gone is WebSocketException or InvalidOperationException)
        {
            // The server, or the test, may have hung up first.
        }

        _socket.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await ReceiveAsync();
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException)
        {
            // Whoever waits for an answer still finds out.
        }
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
        if (IsMute)
            return;
        var status = action switch
        {
            "UnlockConnector" => "Unlocked",
            "DataTransfer" => "UnknownVendorId",
            _ => "Accepted",
        };
        JsonValue payload = action switch
        {
            "GetLocalListVersion" => JsonObject.Of(("listVersion", ListVersion)),
            "UpdateFirmware" or "GetDiagnostics" => JsonObject.Empty,
            _ => JsonObject.Of(("status", status)),
        };
        if (Answers.TryGetValue(action, out var own))
            payload = JsonValue.Parse(own);
        if (action == "SendLocalList")
            ListVersion = (int)call[3]["listVersion"].AsDouble();
        JsonValue answer = action == "GetVariables"
            ? JsonArray.Of(4, call[1], "NotSupported", "", JsonObject.Empty)
            : JsonArray.Of(3, call[1], payload);
        await _socket.SendAsync(answer.ToUtf8(), WebSocketMessageType.Text, true, CancellationToken.None);
    }
}
