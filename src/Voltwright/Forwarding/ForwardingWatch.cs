using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Forwarding.Publications;
using Voltwright.Forwarding.Webhooks;
using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>
/// Sees to it that somebody sends the events of every webhook and publication: after a start, and in a cluster after the machine that did so is gone.
/// </summary>
public sealed class ForwardingWatch(
    IStore store, IGrainFactory grains, PublicationList publications, TimeProvider clock, ILogger<ForwardingWatch> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await WakeAllAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Webhooks and publications could not be looked through: {Reason}", e.Message);
            }
        }
        while (await TickAsync(timer, stoppingToken));
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WakeAllAsync(CancellationToken stopping)
    {
        foreach (var publication in publications.All)
            await grains.GetGrain<IPublicationGrain>(publication.Name).Wake();
        string? after = null;
        do
        {
            var page = await store.ListAsync(Webhook.StreamKind, [], 500, after, stopping);
            foreach (var webhook in page.Items)
                await grains.GetGrain<IWebhookGrain>(StreamName.IdOf(webhook.Stream)).Wake();
            after = page.Next;
        }
        while (after is not null && !stopping.IsCancellationRequested);
    }
}
