using Voltwright.Cluster;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Health;

/// <summary>Says how stations are, from what is kept of them and what their nodes know of the line.</summary>
public sealed class HealthReports(IStore store, IGrainFactory grains, StationRoutes routes, TimeProvider time)
{
    /// <returns>Null when there is no such station.</returns>
    public async Task<HealthReport?> FindAsync(string stationId, CancellationToken cancellation) =>
        await grains.Find<IStationGrain>(stationId).Get() is { } station ? await OfAsync(station, cancellation) : null;

    public async Task<HealthReport> OfAsync(Station station, CancellationToken cancellation)
    {
        var record = await store.LoadAsync($"health/{station.Id}", cancellation) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.HealthRecord)
            : HealthRecord.Of(station.Id, time.GetUtcNow());
        var drift = await grains.Find<IStationGrain>(station.Id).ClockDrift();
        return HealthReport.Of(station, record, await routes.DescribeAsync(station.Id), drift, time.GetUtcNow());
    }
}
