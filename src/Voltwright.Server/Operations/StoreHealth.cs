using Microsoft.Extensions.Diagnostics.HealthChecks;
using Voltwright.Storage;

namespace Voltwright.Server.Operations;

/// <summary>Ready means: the store answers.</summary>
internal sealed class StoreHealth(IStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await store.ReadEventsAsync(0, 1, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
