using Microsoft.Extensions.Hosting;
using Voltwright.Storage;

namespace Voltwright.Cluster;

/// <summary>Work that of several nodes the senior does, again and again until the process stops.</summary>
public abstract class SeniorService(Membership membership, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilSenior = TimeSpan.FromMilliseconds(500);

    protected bool IsSenior => membership.IsSenior;

    protected TimeProvider Clock => clock;

    /// <summary>Works from what is written, for as long as this node is the senior.</summary>
    protected abstract Task WorkAsync(CancellationToken cancellation);

    /// <summary>Told before the work begins anew after a pause.</summary>
    protected abstract void Failed(Exception reason);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = UntilSenior;
            try
            {
                if (membership.IsSenior)
                    await WorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StaleVersionException)
            {
                // Another node took it for its own task, too: whoever is the senior goes on from what is written.
            }
            catch (Exception e)
            {
                // The store may be away for a while; the log keeps what was missed.
                Failed(e);
                pause = AfterFailure;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
