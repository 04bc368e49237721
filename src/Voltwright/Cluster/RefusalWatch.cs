using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voltwright.Cluster;

/// <summary>
/// Finds out at once that the process of a node is gone: its connections end, and its machine refuses new ones. Missed probes, which take
/// seconds, are left for machines and networks that fall silent.
/// </summary>
/// <remarks>Were a live node taken for gone, the store's fence would refuse what it writes, and it would end itself to be started anew.</remarks>
public sealed class RefusalWatch(Membership membership, IClusterMembershipService members, TimeProvider clock, ILogger<RefusalWatch> log)
    : BackgroundService, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Connections = "Orleans.Connections";
    private const string Terminated = "Terminated";
    private const int Refusals = 3;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>A machine that says nothing for so long refuses nothing.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _ended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<IDisposable> _subscriptions = [];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Connections)
            _subscriptions.Add(value.Subscribe(this, name => name == Terminated));
    }

    public void OnNext(KeyValuePair<string, object?> value) => _ended.Writer.TryWrite(true);

    public void OnCompleted()
    {
        // The listener ends with the process.
    }

    public void OnError(Exception error) => log.LogError(error, "Lost connections to other nodes are not noticed any more; missed probes are");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listeners = DiagnosticListener.AllListeners.Subscribe(this);
        try
        {
            await foreach (var _ in _ended.Reader.ReadAllAsync(stoppingToken))
                await Task.WhenAll(membership.Others.Select(node => LookAsync(node, stoppingToken)));
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
        finally
        {
            _subscriptions.ForEach(s => s.Dispose());
        }
    }

    private async Task LookAsync(SiloAddress node, CancellationToken cancellation)
    {
        for (var refused = 0; refused < Refusals; refused++)
        {
            if (!await IsRefusedAsync(node, cancellation))
                return;
            await Task.Delay(Between, clock, cancellation);
        }

        log.LogWarning("The machine of {Node} refuses connections: nobody listens there any more", node);
        try
        {
            await members.TryKill(node);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("It could not be declared dead at once, and will be when its probes are missed: {Reason}", e.Message);
        }
    }

    private async Task<bool> IsRefusedAsync(SiloAddress node, CancellationToken cancellation)
    {
        using var socket = new Socket(node.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(AnswerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await socket.ConnectAsync(node.Endpoint, either.Token);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
