using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Voltwright.Tests.Storage;

/// <summary>Stands between a client and a server, and can make a connection look as if its client's machine had frozen.</summary>
internal sealed class StallingRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _server;
    private byte[]? _text;

    public StallingRelay(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>That a connection is.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>The next client that says <paramref name="text"/> says and hears nothing after that until <see cref="Wake"/>.</summary>
    public void StallAfter(string text) => Volatile.Write(ref _text, Encoding.UTF8.GetBytes(text));

    public void Wake() => _wake.TrySetResult();

    public void Dispose()
    {
        Wake();
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _stopping.Token);
            (client.NoDelay, server.NoDelay) = (true, true);
            var life = new Life();
            await Task.WhenAll(CopyAsync(client, server, life, isClient: true), CopyAsync(server, client, life, isClient: false))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Life life, bool isClient)
    {
        var buffer = new byte[65536];
        for (int read; (read = await from.GetStream().ReadAsync(buffer, _stopping.Token)) > 0;)
        {
            if (isClient && Volatile.Read(ref _text) is { } text && buffer.AsSpan(0, read).IndexOf(text) >= 0
                && Interlocked.CompareExchange(ref _text, null, text) == text)
                life.IsFrozen = true;
            else if (life.IsFrozen)
                await _wake.Task;
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            if (life.IsFrozen)
                _stalled.TrySetResult();
        }

        to.Client.Shutdown(SocketShutdown.Send);
    }

    private sealed class Life
    {
        public volatile bool IsFrozen;
    }
}
