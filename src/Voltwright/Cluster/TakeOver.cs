using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voltwright.Cluster;

/// <summary>After the loss of a node: the senior of the others looks after the runs and stations that it had.</summary>
public sealed class TakeOver(
    Membership membership, IEnumerable<INodeLossTarget> targets, TimeProvider clock, ILogger<TakeOver> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var lost in membership.LossesAsync(stoppingToken))
                {
                    log.LogWarning("Left the cluster: {Nodes}", string.Join(", ", lost));
                    if (membership.IsSenior)
                        await Task.WhenAll(targets.Select(t => t.TakeOverAsync(stoppingToken)));
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // Whoever is left takes over from this one.
            }
            catch (Exception e)
            {
                log.LogError(e, "What a lost node had could not be taken over");
                await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
