using Voltwright.Automation;
using Voltwright.Cluster;
using Voltwright.Payments;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Tariffs;

namespace Voltwright.Server.Driver;

/// <summary>Gathers what a phone may see of a station.</summary>
internal sealed class DriverSight(
    IGrainFactory grains, TariffCatalog tariffs, Visits visits, Holds holds, WorkflowCatalog workflows, IStore store, TimeProvider time)
{
    /// <returns>Null when there is no such station.</returns>
    public async Task<DriverView?> LookAsync(string stationId, string? token, CancellationToken cancellation)
    {
        if (!Station.IsValidId(stationId) || await grains.Find<IStationGrain>(stationId).Get() is not { } station)
            return null;
        var visit = await visits.FindAsync(token, stationId, cancellation);
        if (visit is not null)
            visit = await visits.FollowAsync(token!, visit, station, cancellation);
        var session = visit?.SessionId is { } id ? (await grains.Find<IStationGrain>(stationId).GetSession(id)).Value : null;
        var tap = visit is not null && session is not { IsOpen: false, Price: not null }
            ? await TapOutcome.OfAsync(visit, workflows, store, cancellation)
            : TapOutcome.None;
        var tariff = session?.Tariff ?? await tariffs.InForceAsync(station.TariffId, cancellation);
        var hold = visit is not null && Hold.IsId(visit.CardId) ? await holds.FindAsync(visit.CardId, cancellation) : null;
        long? offer = holds.AreOffered && !tariff.IsFree() ? holds.Amount : null;
        return new DriverView(station, tariff, time.GetUtcNow(), visit, session, tap, hold, offer);
    }
}
