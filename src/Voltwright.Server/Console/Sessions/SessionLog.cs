using Voltwright.Automation;
using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Server.Api;
using Voltwright.Server.Console.Events;
using Voltwright.Server.Console.Runs;
using Voltwright.Storage;
using Session = Voltwright.Sessions.Session;

namespace Voltwright.Server.Console.Sessions;

/// <summary>What the log says of a session, however long ago it was: its events, its readings, and the runs that they started.</summary>
internal sealed class SessionLog(IStore store, WorkflowCatalog workflows)
{
    /// <summary>Runs that no event started are looked for among so many of the station.</summary>
    private const int NewestRuns = 50;

    /// <summary>Taps come before the session that they open; what follows from its end takes a while.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    public async ValueTask<Session?> FindAsync(string id, CancellationToken cancellation) =>
        await store.LoadAsync($"session/{id}", cancellation) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Session) : null;

    /// <summary>The events of the session and of the taps that belong to it, and its readings apart; oldest first.</summary>
    public async Task<(List<StoredEvent> Steps, List<StoredEvent> Readings)> ReadAsync(Session session, CancellationToken cancellation)
    {
        var found = await store.FindBetweenAsync(
            new EventQuery(session.StationId), session.OpenedAt - Around, await EndAsync(session, cancellation), e => IsOf(e.Envelope, session), cancellation);
        found.Reverse();
        var byKind = found.ToLookup(e => e.Envelope["type"] == EventTypes.MeterValues);
        return ([.. byKind[false]], [.. byKind[true]]);
    }

    /// <summary>The runs that these events started, and the newest of its station whose input names the session or its card; oldest first.</summary>
    public async Task<IReadOnlyList<RunEndpoints.RunHead>> RunsAsync(
        Session session, IReadOnlyList<StoredEvent> steps, CancellationToken cancellation)
    {
        var found = new Dictionary<string, RunEndpoints.RunHead>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var run in await StartedRuns.FindAsync(step.Envelope, store, workflows, cancellation))
                found[run.Id] = run;
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

    /// <summary>When nothing more was about the session; null while there may come more.</summary>
    private async Task<DateTimeOffset?> EndAsync(Session session, CancellationToken cancellation)
    {
        if (session.ClosedAt is not { } closed || await store.LoadAsync($"session/{session.Id}", cancellation) is not { } stored)
            return null;
        // When the store heard of it counts here, not the station's clock.
        var last = await store.ReadRecordsAsync($"session/{session.Id}", stored.Version - 1, 1, cancellation);
        return (last is [var record] && record.At > closed ? record.At : closed) + Around;
    }

    private static bool IsOf(JsonValue envelope, Session session)
    {
        var (type, data) = (envelope["type"], envelope["data"]);
        if (type == EventTypes.SlotStatus)
            return false;
        return data["sessionId"] == session.Id
            || (type != EventTypes.MeterValues && data["sessionId"].IsNull && IsOfItsCard(data, session)
                && EventWords.TimeOf(envelope) is { } at && IsWithin(at, session));
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
