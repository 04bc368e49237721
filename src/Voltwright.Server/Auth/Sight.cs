using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Console.Overview;
using Voltwright.Storage;

namespace Voltwright.Server.Auth;

/// <summary>
/// Which stations a caller sees: all, or those of some sites. <see cref="SiteGate"/> makes one for each request; a handler that lists takes it
/// as a parameter and narrows what it shows.
/// </summary>
public sealed class Sight
{
    /// <summary>The claim that names a site; a caller without one sees all.</summary>
    public const string Claim = "site";

    /// <summary>No id is spelled so.</summary>
    private const string Nothing = " ";

    /// <summary>Up to so many stations are asked for their events one by one; of more the log is walked through.</summary>
    private const int FewStations = 64;
    private const int EventsWalked = 20_000;

    public static Sight All { get; } = new(null, null);

    private readonly Fleet? _fleet;

    private Sight(IReadOnlyCollection<string>? sites, Fleet? fleet) => (Sites, _fleet) = (sites, fleet);

    /// <summary>Null for all.</summary>
    public IReadOnlyCollection<string>? Sites { get; }

    /// <summary>The stations of <see cref="Sites"/> when the request came; null for all.</summary>
    public IReadOnlySet<string>? Stations { get; private set; }

    public bool IsAll => Sites is null;

    /// <summary>Whether <see cref="FindEventsAsync"/> need not walk through the log.</summary>
    public bool IsIndexed => Stations is null || Stations.Count <= FewStations;

    public static async ValueTask<Sight> OfAsync(IReadOnlyCollection<string> sites, Fleet fleet, CancellationToken cancellation)
    {
        var sight = new Sight(sites, fleet);
        await sight.LookAgainAsync(cancellation);
        return sight;
    }

    /// <summary>How handlers get theirs.</summary>
    public static ValueTask<Sight?> BindAsync(HttpContext context) => ValueTask.FromResult<Sight?>(SiteGate.SightOf(context));

    /// <summary>Whether it sees a station; what belongs to none is seen by those who see all.</summary>
    public bool Sees(string? stationId) => Stations is null || (stationId is not null && Stations.Contains(stationId));

    /// <summary>The same of an event, by its subject.</summary>
    public bool Sees(JsonValue envelope) => Stations is null || (envelope["subject"].TryGetString(out var subject) && Stations.Contains(subject));

    /// <summary>Whether stations of that site, or of none, are its to place.</summary>
    public bool SeesSite(string? siteId) => Sites is null || (siteId is not null && Sites.Contains(siteId));

    /// <summary>The filters of a list that show what belongs to its stations, or to the one asked for.</summary>
    public IEnumerable<(string Path, string? Value)> Narrow(string? stationId) =>
        Stations is null ? [("stationId", stationId)]
        : !string.IsNullOrEmpty(stationId) ? [("stationId", Stations.Contains(stationId) ? stationId : Nothing)]
        : Stations.Count == 0 ? [("stationId", Nothing)]
        : Stations.Select(s => ("stationId", (string?)s));

    /// <summary>The filters of a list of stations: those of its sites, or of the one asked for.</summary>
    public IEnumerable<(string Path, string? Value)> NarrowSites(string? siteId) =>
        Sites is null ? [("siteId", siteId)]
        : !string.IsNullOrEmpty(siteId) ? [("siteId", SeesSite(siteId) ? siteId : Nothing)]
        : Sites.Select(s => ("siteId", (string?)s));

    /// <summary>The same as <see cref="Narrow"/> where nothing else is asked for.</summary>
    public IReadOnlyList<(string Path, string Value)> Filters(params (string Path, string Value)[] others) =>
        [.. Narrow(null).Where(f => f.Value is not null).Select(f => (f.Path, f.Value!)), .. others];

    /// <summary>Newest first, as <see cref="IStore.FindEventsAsync"/>, of its stations only.</summary>
    public async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        IStore store, EventQuery query, long? before, int limit, CancellationToken cancellation)
    {
        if (Stations is null || (query.Subject is { } subject && Stations.Contains(subject)))
            return await store.FindEventsAsync(query, before, limit, cancellation);
        if (query.Subject is not null)
            return [];
        var found = new List<StoredEvent>();
        if (IsIndexed)
        {
            foreach (var station in Stations)
                found.AddRange(await store.FindEventsAsync(query with { Subject = station }, before, limit, cancellation));
            return [.. found.OrderByDescending(e => e.Position).Take(limit)];
        }

        for (var walked = 0; walked < EventsWalked && found.Count < limit;)
        {
            var events = await store.FindEventsAsync(query, before, 1000, cancellation);
            if (events.Count == 0)
                break;
            found.AddRange(events.Where(e => Sees(e.Envelope)).Take(limit - found.Count));
            (walked, before) = (walked + events.Count, events[^1].Position);
        }

        return found;
    }

    /// <summary>For what is followed as it happens: whether it sees the event, by where its station stands now.</summary>
    public async ValueTask<bool> SeesNextAsync(JsonValue envelope, CancellationToken cancellation)
    {
        if (_fleet is not null && envelope["type"] == EventTypes.SiteChanged)
            await LookAgainAsync(cancellation);
        return Sees(envelope);
    }

    private async ValueTask LookAgainAsync(CancellationToken cancellation)
    {
        var picture = await _fleet!.LookAsync(cancellation);
        Stations = picture.Stations.Where(s => SeesSite(s.SiteId)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
    }
}
