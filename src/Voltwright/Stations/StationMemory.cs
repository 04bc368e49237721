using System.Text.Json.Serialization.Metadata;
using Voltwright.Sessions;
using Voltwright.Storage;
using Voltwright.Support;

namespace Voltwright.Stations;

/// <summary>
/// What a station's grain holds of the store: the station, its open sessions and tickets, and what a decision asked for beside
/// them. Turns start from here and are committed here.
/// </summary>
internal sealed class StationMemory(string stationId, IStore store)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    private readonly Dictionary<string, (long Version, Session State)> _sessions = [];
    private readonly Dictionary<string, (long Version, Ticket State)> _tickets = [];
    private long _version;
    private bool _loaded;
    private DateTimeOffset _lastNow;

    public string Stream { get; } = $"station/{stationId}";

    public Station? Station { get; private set; }

    public async ValueTask LoadAsync(string? sessionId = null, string? ticketId = null)
    {
        if (!_loaded)
        {
            (_version, Station) = await ReadAsync(Stream, DomainJson.Default.Station);
            _lastNow = Station?.LastSeenAt ?? default;
            _loaded = true;
        }

        if (Station is null)
            return;
        foreach (var id in Station.Sessions.Where(e => e.ClosedAt is null).Select(e => e.Id).Append(sessionId))
            await LoadAsync("session", id, _sessions, DomainJson.Default.Session);
        foreach (var id in Station.OpenTickets.Select(t => t.Id).Append(ticketId))
            await LoadAsync("ticket", id, _tickets, DomainJson.Default.Ticket);
    }

    public Session? FindSession(string id) => _sessions.TryGetValue(id, out var known) ? known.State : null;

    public Turn Begin(DateTimeOffset clock, ChargingOptions options)
    {
        // Strictly later than the turn before, so that "before" and "after" tell taps and sessions apart, on any clock.
        _lastNow = clock > _lastNow || _lastNow - clock > TimeSpan.FromHours(1) ? clock : _lastNow + Tick;
        var sessions = _sessions.ToDictionary(s => s.Key, s => s.Value.State);
        var tickets = _tickets.ToDictionary(t => t.Key, t => t.Value.State);
        return new Turn(Station!, sessions, tickets, _lastNow, options);
    }

    /// <exception cref="StaleVersionException">Another writer was first; <see cref="Forget"/> and decide anew.</exception>
    public async Task CommitAsync(Turn turn, Reply? reply, IEnumerable<StreamWrite> beside)
    {
        var next = turn.StationChanged ? turn.Station with { LastSeenAt = turn.Now } : turn.Station;
        var writes = new List<StreamWrite>(beside);
        if (turn.StationChanged)
            writes.Add(new(Stream, _version, DomainJson.Write(next, DomainJson.Default.Station)));
        foreach (var session in turn.ChangedSessions)
            writes.Add(Write("session", session.Id, _sessions, session, DomainJson.Default.Session, RecordOf(session)));
        foreach (var ticket in turn.ChangedTickets)
            writes.Add(Write("ticket", ticket.Id, _tickets, ticket, DomainJson.Default.Ticket, null));

        // A reservation knows its stream's version: nobody else writes it.
        foreach (var reservation in turn.ChangedReservations)
        {
            writes.Add(new(
                $"reservation/{reservation.Id}", reservation.Revision - 1, DomainJson.Write(reservation, DomainJson.Default.Reservation)));
        }

        await store.CommitAsync(new Commit
        {
            Writes = writes,
            Events = turn.Events,
            Timers = [.. turn.Timers.Select(t => new TimerChange(Stream, t.Key, t.Value))],
            Reply = reply,
        });
        _version += turn.StationChanged ? 1 : 0;
        Station = next;
        Adopt(_sessions, turn.ChangedSessions, s => s.Id, s => s.IsOpen);
        Adopt(_tickets, turn.ChangedTickets, t => t.Id, t => t.Status == TicketStatus.Open);
    }

    /// <summary>Registers the station, or removes it when null.</summary>
    public async Task CommitAsync(Station? station, IReadOnlyList<StreamWrite> beside, Reply? reply, IReadOnlyList<Jq.JsonValue> events)
    {
        var state = station is null ? default(ReadOnlyMemory<byte>?) : DomainJson.Write(station, DomainJson.Default.Station);
        await store.CommitAsync(new Commit { Writes = [new(Stream, _version, state), .. beside], Events = events, Reply = reply });
        Forget();
    }

    public void Forget()
    {
        _loaded = false;
        Station = null;
        _sessions.Clear();
        _tickets.Clear();
    }

    private static StreamWrite Write<T>(
        string kind, string id, Dictionary<string, (long Version, T State)> known, T state, JsonTypeInfo<T> type, byte[]? record) =>
        new($"{kind}/{id}", known.GetValueOrDefault(id).Version, DomainJson.Write(state, type), Optional(record));

    // A null array, even a bare null beside an array, would turn into empty memory, which is no JSON.
    private static ReadOnlyMemory<byte>? Optional(byte[]? utf8) => utf8 is null ? default(ReadOnlyMemory<byte>?) : utf8;

    /// <summary>Each change of status is kept as a record; readings on the way are in the state.</summary>
    private byte[]? RecordOf(Session session) => _sessions.TryGetValue(session.Id, out var before) && before.State.Status == session.Status
        ? null
        : ((Jq.JsonValue)SessionEvents.DataOf(session)).ToUtf8();

    private static void Adopt<T>(
        Dictionary<string, (long Version, T State)> known, IEnumerable<T> changed, Func<T, string> idOf, Func<T, bool> keeps)
    {
        foreach (var state in changed)
            known[idOf(state)] = (known.GetValueOrDefault(idOf(state)).Version + 1, state);
        foreach (var (id, _) in known.Where(k => !keeps(k.Value.State)).ToList())
            known.Remove(id);
    }

    private async ValueTask LoadAsync<T>(string kind, string? id, Dictionary<string, (long Version, T State)> known, JsonTypeInfo<T> type)
        where T : class
    {
        if (id is null || known.ContainsKey(id))
            return;
        var (version, state) = await ReadAsync($"{kind}/{id}", type);
        if (state is not null)
            known[id] = (version, state);
    }

    private async ValueTask<(long Version, T? State)> ReadAsync<T>(string stream, JsonTypeInfo<T> type)
        where T : class => await store.LoadAsync(stream) is { } stored ? (stored.Version, DomainJson.Read(stored.Body, type)) : (0, null);
}
