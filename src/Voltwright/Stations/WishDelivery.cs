using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>
/// After a restart no station is connected, whatever was true before. From then on, stations that missed something get it when
/// they are back; each in its own time, so that a mute one delays nobody.
/// </summary>
public sealed partial class WishDelivery(
    IStore store, IGrainFactory grains, UndeliveredWishes wishes, StationControl control, IHostApplicationLifetime lifetime,
    ILogger<WishDelivery> logger)
    : BackgroundService, INodeLossTarget
{
    private const int AtOnce = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
            return;
        await TakeOverAsync(stoppingToken);

        using var room = new SemaphoreSlim(AtOnce);
        while (!stoppingToken.IsCancellationRequested)
        {
            var stationId = await wishes.NextAsync(stoppingToken);
            await room.WaitAsync(stoppingToken);
            _ = DeliverAsync(stationId, room, stoppingToken);
        }
    }

    /// <summary>Stations that a node has lost with itself are connected to nobody.</summary>
    public async Task TakeOverAsync(CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await store.ListAsync("station", [("connected", "true")], 200, next, cancellation);
            foreach (var stored in page.Items)
            {
                var station = DomainJson.Read(stored.Body, DomainJson.Default.Station);
                if (station.LinkId is { } link && control.IsGone(station.Id, link))
                    await grains.Find<IStationGrain>(station.Id).Disconnected(link);
            }

            next = page.Next;
        }
        while (next is not null);
    }

    private async Task DeliverAsync(string stationId, SemaphoreSlim room, CancellationToken cancellation)
    {
        try
        {
            await control.DeliverAsync(stationId, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The next start looks again.
        }
        catch (Exception e)
        {
            Failed(stationId, e);
        }
        finally
        {
            wishes.Done(stationId);
            room.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "What station {StationId} missed could not be sent.")]
    private partial void Failed(string stationId, Exception reason);
}
