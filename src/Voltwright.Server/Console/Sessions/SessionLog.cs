using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Console.Events;
using Voltwright.Storage;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Sessions;

/// <summary>What the log says of a session, however long ago it was: its events, its readings, and the runs that they started.</summary>
internal sealed class SessionLog(IStore store, WorkflowCatalog workflows)
{
    private const int AtOnce = 500;
    private const int MostEvents = 10_000;
    private const int MostReadings = 2_000;

    /// <summary>Runs that no event started are looked for among so many of the station.</summary>
    private const int NewestRuns = 50;

    /// <summary>Taps come before the session that they open; what follows from its end takes a while.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    private static readonly string[] Readings = [EventTypes.MeterValues];

    public async ValueTask<Session?> FindAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{id}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Session) : null;

    /// <summary>The events of the session and of the taps that belong to it, oldest first, without its readings.</summary>
    public async Task<IReadOnlyList<StoredEvent>> StepsAsync(Session session, CancellationToken cancellation) =>
        await FindAsync(new EventQuery(session.StationId), session, e => IsStep(e.Envelope, session), MostEvents, cancellation);

    /// <summary>The session's readings, oldest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadingsAsync(Session session, CancellationToken cancellation) =>
        await FindAsync(
            new EventQuery(session.StationId, Readings), session, e => e.Envelope["data"]["sessionId"] == session.Id, MostReadings, cancellation);

    /// <summary>The runs that these events started, and the newest of its station whose input names the session or its card; oldest first.</summary>
    public async Task<IReadOnlyList<RunEndpoints.RunHead>> RunsAsync(
        Session session, IReadOnlyList<StoredEvent> steps, CancellationToken cancellation)
    {
        var found = new Dictionary<string, RunEndpoints.RunHead>(StringComparer.Ordinal);
        foreach (var family in workflows.All.DistinctBy(w => w.Id.Family))
        {
            foreach (var step in steps)
            {
                // A run's id follows from the event that started it.
                var id = RunIds.Of(family.Id, [step.Envelope]);
                if (await store.LoadAsync(RunDocument.StreamOf(id), cancellation) is { } run)
                    found[id] = RunEndpoints.Head(JsonValue.Parse(run.Body.Span));
            }
        }

        var newest = await store.ListAsync(RunDocument.StreamKind, [("stationId", session.StationId)], NewestRuns, null, cancellation);
        foreach (var document in newest.Items.Where(r => !found.ContainsKey(StreamName.IdOf(r.Stream))).Select(r => JsonValue.Parse(r.Body.Span)))
        {
            var head = RunEndpoints.Head(document);
            if (IsAbout(document["state"]["input"], session) && IsWithin(head.StartedAt, session))
                found[head.Id] = head;
        }

        return [.. found.Values.OrderBy(r => r.StartedAt)];
    }

    private async Task<List<StoredEvent>> FindAsync(
        EventQuery query, Session session, Func<StoredEvent, bool> isWanted, int most, CancellationToken cancellation)
    {
        var found = new List<StoredEvent>();
        var before = await EndAsync(session, cancellation);
        for (var searched = 0; searched < most;)
        {
            var events = await store.FindEventsAsync(query, before, AtOnce, cancellation);
            found.AddRange(events.Where(isWanted));
            searched += events.Count;
            if (events.Count < AtOnce || EventWords.TimeOf(events[^1].Envelope) < session.OpenedAt - Around)
                break;
            before = events[^1].Position;
        }

        found.Reverse();
        return found;
    }

    /// <summary>
    /// A position behind which nothing is about the session any more; null when that is the end of the log. Found by halving, since a
    /// station's events are in order of time but for a few: those that it kept while it was offline, and those of clocks that are wrong.
    /// </summary>
    private async Task<long?> EndAsync(Session session, CancellationToken cancellation)
    {
        if (session.ClosedAt is not { } closed || await store.LoadAsync($"session/{session.Id}", cancellation) is not { } stored)
            return null;
        // When the store heard of it counts here, not the station's clock.
        var last = await store.ReadRecordsAsync($"session/{session.Id}", stored.Version - 1, 1, cancellation);
        var end = (last is [var record] && record.At > closed ? record.At : closed) + Around;
        var (low, high) = (0L, store.LastEventPosition + 1);
        if (!await IsAfterAsync(high))
            return null;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (await IsAfterAsync(middle))
                high = middle;
            else
                low = middle;
        }

        return high;

        // Two of the last three before the position: one that is out of order does not decide.
        async Task<bool> IsAfterAsync(long position)
        {
            var events = await store.FindEventsAsync(new EventQuery(session.StationId), position, 3, cancellation);
            return events.Count(e => EventWords.TimeOf(e.Envelope) > end) * 2 > events.Count;
        }
    }

    private static bool IsStep(JsonValue envelope, Session session)
    {
        var (type, data) = (envelope["type"], envelope["data"]);
        if (type == EventTypes.MeterValues || type == EventTypes.SlotStatus)
            return false;
        return data["sessionId"] == session.Id
            || (data["sessionId"].IsNull && IsOfItsCard(data, session) && EventWords.TimeOf(envelope) is { } at && IsWithin(at, session));
    }

    private static bool IsAbout(JsonValue input, Session session)
    {
        var data = input.TryGetArray(out var events) && events.Count > 0 ? events[0] : input;
        data = data["data"].IsNull ? data : data["data"];
        return data["sessionId"] == session.Id || (data["stationId"] == session.StationId && IsOfItsCard(data, session));
    }

    private static bool IsOfItsCard(JsonValue data, Session session) =>
        data["cardId"].TryGetString(out var card) && Card.Canonical(card) == session.CardId;

    private static bool IsWithin(DateTimeOffset at, Session session) =>
        at > session.OpenedAt - Around && (session.ClosedAt is not { } closed || at < closed + Around);
}
