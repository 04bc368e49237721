using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Voltwright.Bench.Runs;

/// <summary>The least an HTTP service on loopback can do: takes <c>{"n":1}</c>, answers <c>{"n":2}</c>; connections stay open.</summary>
internal sealed class CountingService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();

    public CountingService()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var buffer = new byte[8192];
            var filled = 0;
            try
            {
                while (await stream.ReadAsync(buffer.AsMemory(filled), _closing.Token) is var read and > 0)
                {
                    filled += read;
                    if (Body(buffer.AsSpan(0, filled)) is not { } n)
                        continue;
                    filled = 0;
                    var body = $"{{\"n\":{n + 1}}}";
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
                        _closing.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The caller or the benchmark is done.
            }
        }
    }

    /// <summary>The number in a request that has arrived whole.</summary>
    private static int? Body(ReadOnlySpan<byte> request)
    {
        var head = request.IndexOf("\r\n\r\n"u8);
        if (head < 0 || request[^1] != (byte)'}')
            return null;
        var reader = new Utf8JsonReader(request[(head + 4)..]);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
                return reader.GetInt32();
        }

        return null;
    }
}
