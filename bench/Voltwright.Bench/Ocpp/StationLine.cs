using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Voltwright.Bench.Ocpp;

/// <summary>
/// The cheapest station there can be: one socket, one call at a time, frames written by hand. It shares the processor with the
/// server that it measures, so whatever it saves is the server's.
/// </summary>
internal sealed class StationLine(string id) : IDisposable
{
    private const int MostAnswer = 4096;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _received = new byte[256];
    private int _length;
    private TaskCompletionSource<string>? _awaited;
    private int _calls;

    public string Id => id;

    /// <summary>Answers nothing that the server asks.</summary>
    public bool IsMute { get; set; }

    /// <summary>Why the line is dead; null while it lives.</summary>
    public string? Failure { get; private set; }

    public async Task ConnectAsync(IPEndPoint server, CancellationToken cancellation)
    {
        await _socket.ConnectAsync(server, cancellation);
        var request = $"GET /ocpp/{id} HTTP/1.1\r\nHost: {server}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        var end = -1;
        while (end < 0)
        {
            await FillAsync(cancellation);
            end = _received.AsSpan(0, _length).IndexOf("\r\n\r\n"u8);
        }

        if (!_received.AsSpan(0, _length).StartsWith("HTTP/1.1 101"u8))
            throw new InvalidOperationException($"{id} was refused: {Encoding.UTF8.GetString(_received, 0, _length)}");
        Consume(end + 4);
        _ = ListenAsync();
    }

    /// <summary>Sends a call and waits for its answer, which is returned as it came.</summary>
    public async Task<string> CallAsync(string action, string payload)
    {
        var awaited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _awaited, awaited);
        if (Failure is { } failure)
            throw new InvalidOperationException($"{id}: {failure}");
        await SendAsync(0x1, Encoding.UTF8.GetBytes($"[2,\"{++_calls}\",\"{action}\",{payload}]"));
        var answer = await awaited.Task;
        return answer.StartsWith("[3,", StringComparison.Ordinal) ? answer : throw new InvalidOperationException($"{id}: {action} was answered {answer}");
    }

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                if (Next() is not var (operation, payload))
                    await FillAsync(CancellationToken.None);
                else if (operation == 0x9)
                    await SendAsync(0xA, payload);
                else if (operation == 0x8)
                    throw new IOException("the server hung up");
                else if (operation == 0x1)
                    await TakeAsync(Encoding.UTF8.GetString(payload));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            Failure = e.Message;
            Volatile.Read(ref _awaited)?.TrySetException(new InvalidOperationException($"{id}: {e.Message}"));
        }
    }

    private async Task TakeAsync(string frame)
    {
        if (!frame.StartsWith("[2,", StringComparison.Ordinal))
        {
            Volatile.Read(ref _awaited)?.TrySetResult(frame);
            return;
        }

        if (IsMute)
            return;

        // Whatever the server asks: this station knows nothing of it.
        var call = frame.Split('"');
        await SendAsync(0x1, Encoding.UTF8.GetBytes($"[4,\"{call[1]}\",\"NotSupported\",\"\",{{}}]"));
    }

    private (int Operation, byte[] Payload)? Next()
    {
        if (_length < 2)
            return null;
        var (size, start) = (_received[1] & 0x7f, 2);
        if (size == 126)
        {
            if (_length < 4)
                return null;
            (size, start) = (BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(2)), 4);
        }

        if (size > MostAnswer)
            throw new IOException($"a frame of {size} bytes");
        if (_length < start + size)
            return null;
        var frame = (_received[0] & 0xf, _received.AsSpan(start, size).ToArray());
        Consume(start + size);
        return frame;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_length == _received.Length)
            Array.Resize(ref _received, _received.Length * 2);
        var read = await _socket.ReceiveAsync(_received.AsMemory(_length), cancellation);
        _length += read > 0 ? read : throw new IOException("the connection is gone");
    }

    private void Consume(int bytes)
    {
        _received.AsSpan(bytes, _length - bytes).CopyTo(_received);
        _length -= bytes;
    }

    /// <summary>Masked with zeroes, which is a mask like any other and costs nothing.</summary>
    private async Task SendAsync(byte operation, byte[] payload)
    {
        var header = payload.Length < 126 ? 6 : 8;
        var frame = new byte[header + payload.Length];
        frame[0] = (byte)(0x80 | operation);
        frame[1] = (byte)(0x80 | (payload.Length < 126 ? payload.Length : 126));
        if (header == 8)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, header);
        await _socket.SendAsync(frame);
    }
}
