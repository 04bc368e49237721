using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Voltwright.EndToEnd.Foreign;

/// <summary>A WebSocket client made by hand on bare TCP: legal, and unlike any library in how it cuts what it sends.</summary>
internal sealed class HandmadeSocket : IDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly SemaphoreSlim _turn = new(1);
    private NetworkStream _stream = null!;

    /// <summary>Offers several subprotocols, spells headers its own way, and sends them in crumbs.</summary>
    /// <returns>The head of the server's answer.</returns>
    public async Task<string> OpenAsync(Uri endpoint, string id, string secret)
    {
        await _tcp.ConnectAsync(endpoint.Host, endpoint.Port);
        _stream = _tcp.GetStream();
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
        var request =
            $"GET {endpoint.AbsolutePath}/{id} HTTP/1.1\r\nsec-websocket-version: 13\r\nAUTHORIZATION: basic {credentials}\r\n"
            + "connection: keep-alive, Upgrade\r\nupgrade: WebSocket\r\nSec-WebSocket-Protocol: ocpp1.2, ocpp1.5,ocpp1.6\r\n"
            + $"host: {endpoint.Authority}\r\nUser-Agent: box/0.1\r\nsec-websocket-key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\n\r\n";
        foreach (var crumb in request.Chunk(37))
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(crumb));
        return await ReadHeadAsync();
    }

    /// <summary>Sends one text in frames of at most so many bytes, a ping between every two of them.</summary>
    public async Task SendAsync(string text, int frameBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await _turn.WaitAsync();
        try
        {
            for (var at = 0; at < bytes.Length; at += frameBytes)
            {
                var last = at + frameBytes >= bytes.Length;
                await WriteAsync(at == 0 ? 1 : 0, last, bytes.AsMemory(at, Math.Min(frameBytes, bytes.Length - at)));
                if (!last)
                    await WriteAsync(9, true, "hm"u8.ToArray());
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The next text; null when the conversation is over.</summary>
    public async Task<string?> ReceiveAsync()
    {
        var text = new MemoryStream();
        try
        {
            while (true)
            {
                var (code, final, payload) = await ReadAsync();
                switch (code)
                {
                    case 8:
                        return null;
                    case 9:
                        await AnswerPingAsync(payload);
                        continue;
                    case 10:
                        continue;
                }

                text.Write(payload);
                if (final)
                    return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Gone without a word, as when the mobile network drops.</summary>
    public void Dispose()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
        _turn.Dispose();
    }

    private async Task AnswerPingAsync(byte[] payload)
    {
        await _turn.WaitAsync();
        try
        {
            await WriteAsync(10, true, payload);
        }
        finally
        {
            _turn.Release();
        }
    }

    // What a client sends is masked; longer lengths take more bytes, always the fewest.
    private async Task WriteAsync(int code, bool final, ReadOnlyMemory<byte> payload)
    {
        byte[] mask = [7, 1, 0, 255];
        List<byte> frame = [(byte)((final ? 0x80 : 0) | code)];
        if (payload.Length < 126)
            frame.Add((byte)(0x80 | payload.Length));
        else
            frame.AddRange([0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        frame.AddRange(mask);
        for (var i = 0; i < payload.Length; i++)
            frame.Add((byte)(payload.Span[i] ^ mask[i % 4]));
        await _stream.WriteAsync(frame.ToArray());
    }

    private async Task<(int Code, bool Final, byte[] Payload)> ReadAsync()
    {
        var head = await ReadExactlyAsync(2);
        long length = head[1] & 0x7F;
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadExactlyAsync(2));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadExactlyAsync(8));
        return (head[0] & 0x0F, (head[0] & 0x80) != 0, await ReadExactlyAsync((int)length));
    }

    private async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await ReadExactlyAsync(1))[0]);
        return head.ToString();
    }
}
