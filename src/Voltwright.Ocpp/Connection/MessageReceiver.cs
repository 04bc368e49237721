using System.Buffers;
using System.Net.WebSockets;

namespace Voltwright.Ocpp.Connection;

/// <summary>Reassembles WebSocket messages within a size limit.</summary>
sealed class MessageReceiver(WebSocket socket, PeerOptions options) : IDisposable
{
    const int InitialBytes = 2048;

    byte[] _buffer = [];

    /// <summary>The next message; its bytes are valid until the next call.</summary>
    public async Task<Received> NextAsync(CancellationToken cancellation)
    {
        // Most stations are silent most of the time: none holds a buffer while it is.
        Exchange([]);
        var begun = await socket.ReceiveAsync(Memory<byte>.Empty, cancellation);
        if (begun.MessageType == WebSocketMessageType.Close) return new Received.Close();
        if (begun.EndOfMessage) return begun.MessageType == WebSocketMessageType.Text ? new Received.Text(default) : new Received.Binary(0);
        Exchange(ArrayPool<byte>.Shared.Rent(InitialBytes));
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return new Received.Close();
            length += part.Count;
            if (length > options.MaxMessageBytes) return await SkipAsync(part.EndOfMessage, length, cancellation);
            if (part.EndOfMessage)
                return part.MessageType == WebSocketMessageType.Text
                    ? new Received.Text(_buffer.AsMemory(0, length))
                    : new Received.Binary(length);
            if (length == _buffer.Length) Grow();
        }
    }

    public void Dispose() => Exchange([]);

    async Task<Received> SkipAsync(bool ended, long length, CancellationToken cancellation)
    {
        var beginning = _buffer.AsMemory(0, 256).ToArray();
        while (!ended)
        {
            if (length > options.MaxSkippedBytes) return new Received.Endless();
            var part = await socket.ReceiveAsync(_buffer.AsMemory(), cancellation);
            if (part.MessageType == WebSocketMessageType.Close) return new Received.Close();
            length += part.Count;
            ended = part.EndOfMessage;
        }

        return new Received.TooLong(beginning, length);
    }

    void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        Exchange(larger);
    }

    void Exchange(byte[] next)
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = next;
    }
}

abstract record Received
{
    public sealed record Text(ReadOnlyMemory<byte> Bytes) : Received;

    public sealed record Binary(int Length) : Received;

    /// <summary>Longer than allowed, but it ended.</summary>
    public sealed record TooLong(byte[] Beginning, long Length) : Received;

    /// <summary>So long that its end was not waited for.</summary>
    public sealed record Endless : Received;

    public sealed record Close : Received;
}
