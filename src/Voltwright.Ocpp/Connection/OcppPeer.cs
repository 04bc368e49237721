using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Voltwright.Ocpp.Frames;

namespace Voltwright.Ocpp.Connection;

/// <summary>
/// One end of an OCPP-J conversation over an open WebSocket; station and management system use the same. At most one CALL of each
/// direction is on its way. Create it, then await <see cref="RunAsync"/> for the life of the connection; calls may be made from any
/// thread meanwhile. The socket belongs to the peer.
/// </summary>
public sealed partial class OcppPeer : IAsyncDisposable
{
    /// <summary>Stands for the message id when none could be recovered. OCPP 2.0.1 part 4 §4.2.3; 1.6 names nothing.</summary>
    public const string UnknownId = "-1";

    const int LongestEchoedId = 255;

    readonly WebSocket _socket;
    readonly OcppHandler _handle;
    readonly PeerOptions _options;
    readonly TimeProvider _time;
    readonly SemaphoreSlim _sending = new(1, 1);
    readonly CancellationTokenSource _ended = new();
    readonly ConcurrentDictionary<string, Inbound> _inProgress = new(1, 1, StringComparer.Ordinal);
    readonly Channel<Inbound> _requests;
    PeerClosing? _closing;
    long _lastReceived;
    int _unanswered;

    public OcppPeer(WebSocket socket, OcppProtocol protocol, OcppHandler handle, PeerOptions? options = null, TimeProvider? time = null)
    {
        (_socket, Protocol, _handle) = (socket, protocol, handle);
        (_options, _time) = (options ?? new PeerOptions(), time ?? TimeProvider.System);
        _requests = Channel.CreateBounded<Inbound>(
            new BoundedChannelOptions(_options.MaxWaitingRequests) { SingleReader = true, SingleWriter = true });
        _lastReceived = _time.GetTimestamp();
    }

    public OcppProtocol Protocol { get; }

    /// <summary>Time since the other end last sent a message.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Interlocked.Read(ref _lastReceived));

    /// <summary>Whether the other end waits for an answer: who closes now keeps it waiting.</summary>
    public bool IsAnswering => Volatile.Read(ref _unanswered) > 0;

    /// <summary>Serves the conversation until it ends; says why. Does not throw for what the other end or the line does.</summary>
    public async Task<PeerClosing> RunAsync(CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ended.Token);
        var serving = ServeAsync();
        try
        {
            await ReceiveAsync(stop.Token);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            End(cancellation.IsCancellationRequested ? new PeerClosing.ByUs("stopped") : new PeerClosing.Lost(lost.Message));
        }

        End(new PeerClosing.Lost("no more messages"));
        _requests.Writer.TryComplete();
        await serving;
        _socket.Dispose();
        return _closing!;
    }

    /// <summary>Says goodbye and waits for the other end to agree, though not for long.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string reason = "")
    {
        Interlocked.CompareExchange(ref _closing, new PeerClosing.ByUs(reason), null);
        try
        {
            using var patience = new CancellationTokenSource(_options.CloseTimeout, _time);
            await _sending.WaitAsync(patience.Token);
            try
            {
                if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await _socket.CloseOutputAsync(status, reason, patience.Token);
            }
            finally
            {
                _sending.Release();
            }

            using var agreed = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _ended.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, agreed.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            if (!_ended.IsCancellationRequested) Abort(reason);
        }
    }

    /// <summary>Drops the line without a word.</summary>
    public void Abort(string reason)
    {
        End(new PeerClosing.ByUs(reason));
        _socket.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended.IsCancellationRequested) await CloseAsync();
        _socket.Dispose();
    }

    void End(PeerClosing why)
    {
        Interlocked.CompareExchange(ref _closing, why, null);
        _ended.Cancel();
    }

    async Task ReceiveAsync(CancellationToken cancellation)
    {
        using var receiver = new MessageReceiver(_socket, _options);
        while (true)
        {
            var received = await receiver.NextAsync(cancellation);
            Interlocked.Exchange(ref _lastReceived, _time.GetTimestamp());
            switch (received)
            {
                case Received.Text text:
                    _options.Observe?.Invoke(FrameDirection.Received, text.Bytes);
                    await TakeAsync(text.Bytes, cancellation);
                    break;
                case Received.Binary:
                    await SendErrorAsync(null, OcppErrorCode.RpcFrameworkError, "messages are text, this one is binary");
                    break;
                case Received.TooLong message:
                    await SendErrorAsync(
                        FrameReader.RecoverId(message.Beginning),
                        OcppErrorCode.FormatViolation,
                        $"the message has {message.Length} bytes, at most {_options.MaxMessageBytes} are read");
                    break;
                case Received.Endless:
                    await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"messages have at most {_options.MaxMessageBytes} bytes");
                    return;
                default:
                    await AgreeToCloseAsync();
                    return;
            }
        }
    }

    async Task AgreeToCloseAsync()
    {
        End(new PeerClosing.ByPeer((int?)_socket.CloseStatus, _socket.CloseStatusDescription ?? ""));
        if (_socket.State != WebSocketState.CloseReceived) return;
        using var patience = new CancellationTokenSource(_options.CloseTimeout, _time);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            _socket.Abort();
        }
    }

    async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var patience = new CancellationTokenSource(_options.SendTimeout, _time);
        await using var giveUp = patience.Token.Register(() => End(new PeerClosing.Lost("the other end stopped reading")));
        await _sending.WaitAsync(_ended.Token);
        try
        {
            _options.Observe?.Invoke(FrameDirection.Sent, message);
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    Task SendErrorAsync(string? id, OcppErrorCode code, string description, JsonElement? details = null)
    {
        var echoed = id is { Length: <= LongestEchoedId } ? id : UnknownId;
        return TrySendAsync(FrameWriter.Error(echoed, Protocol.Errors.Write(code), description, details));
    }

    async Task<bool> TrySendAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await SendAsync(message);
            return true;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            End(new PeerClosing.Lost(gone.Message));
            return false;
        }
    }
}
