using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voltwright.Automation;

/// <summary>Sees to it that the event log is followed, on whichever node.</summary>
public sealed class Dispatching(IGrainFactory grains, TimeProvider clock, ILogger<Dispatching> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IDispatchGrain>(DispatchGrain.Key).Keep();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogWarning("The event log is not followed for the moment: {Reason}", e.Message);
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
