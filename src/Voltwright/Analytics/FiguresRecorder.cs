using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Analytics;

/// <summary>
/// Follows the log and adds what happened to the figures, together with how far it read. The first time it begins with the sessions that
/// the store has, whose events may be forgotten already.
/// </summary>
public sealed partial class FiguresRecorder(
    IStore store, Figures figures, Membership membership, TimeProvider clock, ILogger<FiguresRecorder> logger)
    : SeniorService(membership, clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Behind = TimeSpan.FromDays(3660);
    private const int AtOnce = 500;

    /// <summary>Anyone with a key may tell of any subject; no station's is longer.</summary>
    private const int LongestId = 255;

    /// <summary>Sums of a while are written at once: each write waits for the disk.</summary>
    private static readonly TimeSpan While = TimeSpan.FromMilliseconds(400);

    protected override async Task WorkAsync(CancellationToken cancellation)
    {
        var position = await FindPositionAsync(cancellation);
        if (position == 0)
            await AddKnownSessionsAsync(cancellation);
        var gatherer = new Gatherer(await figures.ReadStationsAsync(cancellation));
        var written = position;
        while (IsSenior)
        {
            var events = await store.ReadEventsAsync(position, AtOnce, cancellation);
            foreach (var happened in events)
                Gather(gatherer, happened.Envelope);
            if (events.Count > 0)
                position = events[^1].Position;
            if (gatherer.HasChanges)
            {
                var (sessionIds, sheet, stations) = gatherer.Take();
                await figures.AddAsync(written, position, await LoadAsync(sessionIds, cancellation), sheet, stations, cancellation);
                written = position;
            }

            if (events.Count == 0)
                await store.NextEventAsync(position, cancellation);
            if (events.Count < AtOnce)
                await Task.Delay(While, Clock, cancellation);
        }
    }

    private void Gather(Gatherer gatherer, JsonValue envelope)
    {
        if (!envelope["type"].TryGetString(out var type) || !Gatherer.Types.Contains(type)
            || !envelope["subject"].TryGetString(out var stationId) || stationId.Length is 0 or > LongestId)
            return;
        // One event that says nonsense must not keep all others from being counted.
        var now = Clock.GetUtcNow();
        var at = StationEvent.TimeOf(envelope) is { } said && said < now + Ahead && said > now - Behind ? said : now;
        gatherer.Add(type, stationId, at, envelope["data"]);
    }

    /// <summary>Zero to begin with, and where the figures are those of another store, whose log reached further.</summary>
    private async Task<long> FindPositionAsync(CancellationToken cancellation)
    {
        var position = await figures.ReadPositionAsync(cancellation);
        if (position <= store.LastEventPosition || (await store.ReadEventsAsync(position - 1, 1, cancellation)).Count > 0)
            return position;
        Restarting();
        await figures.ClearAsync(cancellation);
        return 0;
    }

    private async Task AddKnownSessionsAsync(CancellationToken cancellation)
    {
        var stations = new Dictionary<string, SeenStation>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = await store.ListOldestAsync("session", [], AtOnce, after, cancellation);
            var facts = page.Items.Select(s => SessionFact.Of(DomainJson.Read(s.Body, DomainJson.Default.Session))).OfType<SessionFact>().ToList();
            foreach (var fact in facts)
            {
                var seen = stations.GetValueOrDefault(fact.StationId) ?? new(fact.StationId, fact.OpenedAt, 1, null);
                stations[fact.StationId] = seen with { Slots = Math.Max(seen.Slots, fact.SlotNumber) };
            }

            if (facts.Count > 0)
                await figures.AddAsync(0, 0, facts, new FigureSheet(), stations.Values, cancellation);
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>As they are now: an event may be older, and another one follows that changes nothing then.</summary>
    private async Task<List<SessionFact>> LoadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var facts = new List<SessionFact>();
        foreach (var id in ids)
        {
            if (await store.LoadAsync($"session/{id}", cancellation) is { } stored
                && SessionFact.Of(DomainJson.Read(stored.Body, DomainJson.Default.Session)) is { } fact)
                facts.Add(fact);
        }

        return facts;
    }

    [LoggerMessage(LogLevel.Warning, "The figures of analytics are not gathered for the moment; trying again.")]
    protected override partial void Failed(Exception reason);

    [LoggerMessage(LogLevel.Warning, "The figures of analytics are of another store: they are built again.")]
    private partial void Restarting();
}
