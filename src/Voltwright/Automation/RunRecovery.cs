using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>After a start, and the loss of a node: wakes every run that was under way, so that calls whose answers were lost are made again.</summary>
public sealed class RunRecovery(IStore store, IGrainFactory grains, ILogger<RunRecovery> log) : BackgroundService, INodeLossTarget
{
    private const int AtOnce = 64;

    public async Task TakeOverAsync(CancellationToken cancellation)
    {
        // Suspended runs wait for a person, not for an answer.
        foreach (var status in RunDocument.OpenStatuses.Where(s => s != "suspended"))
            await WakeAllAsync(status, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TakeOverAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The next start wakes them.
        }
    }

    private async Task WakeAllAsync(string status, CancellationToken stopping)
    {
        var several = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping };
        string? after = null;
        do
        {
            var page = await store.ListAsync(RunDocument.StreamKind, [("status", status)], 500, after, stopping);
            await Parallel.ForEachAsync(page.Items, several, async (run, _) => await WakeAsync(StreamName.IdOf(run.Stream)));
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task WakeAsync(string id)
    {
        try
        {
            await grains.Find<IRunGrain>(id).Wake();
        }
        catch (Exception e)
        {
            // One run that cannot be read must not keep the others asleep.
            log.LogError(e, "Run {Run} could not be woken", id);
        }
    }
}
