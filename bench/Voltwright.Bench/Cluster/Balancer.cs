using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Voltwright.Bench.Cluster;

/// <summary>
/// What stands before a cluster: passes connections on to nodes that say they are ready, in turn. It knows nothing of what passes.
/// </summary>
public sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _probe = new() { Timeout = AnswerWithin };
    private readonly IReadOnlyList<int> _ports;
    private readonly Task _working;
    private readonly ConcurrentDictionary<TcpClient, int> _passing = new();
    private volatile int[] _ready;
    private int _turn;

    public Balancer(IReadOnlyList<int> ports)
    {
        (_ports, _ready) = (ports, [.. ports]);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _working = Task.WhenAll([AcceptAsync(), .. ports.Select(LookAsync)]);
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Cuts all connections to the node at that port.</summary>
    public void Cut(int port)
    {
        Set(port, false);
        foreach (var (node, _) in _passing.Where(p => p.Value == port))
            node.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _probe.Dispose();
        _stopping.Dispose();
    }

    private async Task LookAsync(int port)
    {
        while (!_stopping.IsCancellationRequested)
        {
            Set(port, await IsReadyAsync(port));
            await Task.Delay(LookEvery, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), _stopping.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Set(int port, bool isReady)
    {
        lock (_probe)
        {
            if (isReady != _ready.Contains(port))
                _ready = isReady ? [.. _ready, port] : [.. _ready.Where(p => p != port)];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _ = PassAsync(client);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            using var node = await ConnectAsync();
            if (node is null)
                return;
            _passing[node] = ((IPEndPoint)node.Client.RemoteEndPoint!).Port;
            (client.NoDelay, node.NoDelay) = (true, true);
            await using var there = node.GetStream();
            await using var here = client.GetStream();
            // Whichever side ends, ends both: neither is left with half a conversation.
            await Task.WhenAny(CopyAsync(here, there), CopyAsync(there, here));
            _passing.TryRemove(node, out _);
        }
    }

    /// <summary>A node that is not there any more but not known to be gone is passed over.</summary>
    private async Task<TcpClient?> ConnectAsync()
    {
        var (ready, turn) = (_ready, Interlocked.Increment(ref _turn));
        for (var i = 0; i < ready.Length; i++)
        {
            var node = new TcpClient();
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, ready[(turn + i) % ready.Length], _stopping.Token);
                return node;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                node.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut off: so is the other side then.
        }
    }
}
