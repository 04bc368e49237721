using Voltwright.Cluster;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Health;

/// <summary>Says how stations are, from what is kept of them and what their nodes know of the line.</summary>
public sealed class HealthReports(IStore store, IGrainFactory grains, StationRoutes routes, TimeProvider time)
{
    /// <returns>Null when there is no such station.</returns>
    public async Task<HealthReport?> FindAsync(string stationId, CancellationToken cancellation)
    {
        var grain = grains.Find<IStationGrain>(stationId);
        if (await grain.Get() is not { } station)
            return null;
        var record = await store.LoadAsync($"health/{stationId}", cancellation) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.HealthRecord)
            : HealthRecord.Of(stationId, time.GetUtcNow());
        return HealthReport.Of(station, record, await routes.DescribeAsync(stationId), await grain.ClockDrift(), time.GetUtcNow());
    }
}
