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
    private readonly Task _working;
    private readonly ConcurrentDictionary<TcpClient, Uri> _passing = new();
    private volatile Uri[] _ready;
    private int _turn;

    public Balancer(IReadOnlyList<Uri> nodes)
    {
        _ready = [.. nodes];
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _working = Task.WhenAll([AcceptAsync(), .. nodes.Select(LookAsync)]);
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Cuts all connections to that node.</summary>
    public void Cut(Uri node)
    {
        Set(node, false);
        foreach (var (connection, _) in _passing.Where(p => p.Value == node))
            connection.Close();
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

    private async Task LookAsync(Uri node)
    {
        while (!_stopping.IsCancellationRequested)
        {
            Set(node, await IsReadyAsync(node));
            await Task.Delay(LookEvery, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(Uri node)
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(node, "/health/ready"), _stopping.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Set(Uri node, bool isReady)
    {
        lock (_probe)
        {
            if (isReady != _ready.Contains(node))
                _ready = isReady ? [.. _ready, node] : [.. _ready.Where(n => n != node)];
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
            if (await ConnectAsync() is not var (node, address))
                return;
            using var passed = node;
            _passing[node] = address;
            (client.NoDelay, node.NoDelay) = (true, true);
            await using var there = node.GetStream();
            await using var here = client.GetStream();
            // Whichever side ends, ends both: neither is left with half a conversation.
            await Task.WhenAny(CopyAsync(here, there), CopyAsync(there, here));
            _passing.TryRemove(node, out _);
        }
    }

    /// <summary>A node that is not there any more but not known to be gone is passed over.</summary>
    private async Task<(TcpClient Node, Uri Address)?> ConnectAsync()
    {
        var (ready, turn) = (_ready, Interlocked.Increment(ref _turn));
        for (var i = 0; i < ready.Length; i++)
        {
            var node = new TcpClient();
            try
            {
                var address = ready[(turn + i) % ready.Length];
                await node.ConnectAsync(address.Host, address.Port, _stopping.Token);
                return (node, address);
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
