using System.Collections.Concurrent;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.EndToEnd.Foreign;

/// <summary>
/// A 1.6 station of a maker with a mind of its own: it knows few commands, answers late, stops when it pleases after it agreed to,
/// and says again whatever it believes unheard.
/// </summary>
internal sealed class StubbornStation(Uri endpoint, string id, string secret) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonValue>> _waiting = new();
    private HandmadeSocket? _socket;
    private Task _listening = Task.CompletedTask;

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<(string Action, JsonValue Payload)> Asked { get; } = [];

    /// <summary>Told of a remote stop after it has been agreed to.</summary>
    public Func<JsonValue, Task> Stops { get; set; } = _ => Task.CompletedTask;

    public async Task ConnectAsync()
    {
        var socket = new HandmadeSocket();
        var head = await socket.OpenAsync(endpoint, id, secret);
        Assert.Contains(" 101 ", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: ocpp1.6\r\n", head, StringComparison.OrdinalIgnoreCase);
        _socket = socket;
        _listening = ListenAsync(socket);
    }

    /// <summary>The connection is lost without a farewell.</summary>
    public async Task VanishAsync()
    {
        _socket!.Dispose();
        await _listening;
    }

    /// <summary>Says something and waits for the answer.</summary>
    /// <param name="message">The message's own id: a repeat may have the old one or a new one.</param>
    public async Task<JsonValue> SayAsync(string message, string action, string payload, int frameBytes = 19)
    {
        var answer = _waiting[message] = new TaskCompletionSource<JsonValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket!.SendAsync($"\n [ 2 ,\t\"{message}\",\r\n\"{Escaped(action)}\" , {payload} ]  ", frameBytes);
        return await answer.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>Says something and does not care for the answer.</summary>
    public Task MutterAsync(string message, string action, string payload) => _socket!.SendAsync($"[2,\"{message}\",\"{action}\",{payload}]", 5);

    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        await _listening;
    }

    // The first letter by its number: JSON all the same.
    private static string Escaped(string action) => $"\\u{(int)action[0]:x4}{action[1..]}";

    private async Task ListenAsync(HandmadeSocket socket)
    {
        while (await socket.ReceiveAsync() is { } text)
        {
            var frame = JsonValue.Parse(text);
            if (frame[0] != 2)
            {
                Assert.True(frame[0] == 3, text);
                if (_waiting.TryRemove(frame[1].AsString(), out var waiting))
                    waiting.SetResult(frame[2]);
                continue;
            }

            Asked.Enqueue((frame[2].AsString(), frame[3]));
            _ = AnswerAsync(socket, frame);
        }
    }

    private async Task AnswerAsync(HandmadeSocket socket, JsonValue call)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System);
        var message = call[1].AsString();
        var (answer, then) = call[2].AsString() switch
        {
            "RemoteStopTransaction" => ($"[3,\"{message}\",{{\"status\":\"Accepted\"}}]", Stops),
            "RemoteStartTransaction" => ($"[3,\"{message}\",{{\"status\":\"Rejected\"}}]", null),
            "UnlockConnector" => ($"[3,\"{message}\",{{\"status\":\"NotSupported\"}}]", null),
            _ => ($"[4,\"{message}\",\"NotImplemented\",\"\",{{}}]", default(Func<JsonValue, Task>)),
        };
        await socket.SendAsync(answer, 11);
        if (then is not null)
            await then(call[3]);
    }
}
