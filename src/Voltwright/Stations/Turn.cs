using Voltwright.Jq;
using Voltwright.Reservations;
using Voltwright.Sessions;
using Voltwright.Support;

namespace Voltwright.Stations;

/// <summary>
/// One decision about a station: what was loaded goes in, what is to be committed comes out. Decisions are functions of a turn;
/// they do no I/O and read no clock, so a decision that lost a race is simply made again on what the winner left.
/// </summary>
internal sealed class Turn(
    Station station, IReadOnlyDictionary<string, Session> sessions, IReadOnlyDictionary<string, Ticket> tickets, DateTimeOffset now,
    ChargingOptions options)
{
    private readonly Station _loaded = station;
    private readonly Dictionary<string, Session> _sessions = [];
    private readonly Dictionary<string, Ticket> _tickets = [];
    private readonly Dictionary<string, Reservation> _reservations = [];
    private readonly List<JsonValue> _events = [];
    private readonly Dictionary<string, DateTimeOffset?> _timers = [];

    public Station Station { get; set; } = station;

    public DateTimeOffset Now { get; } = now;

    public ChargingOptions Options { get; } = options;

    public bool StationChanged => !ReferenceEquals(Station, _loaded);

    public IReadOnlyCollection<Session> ChangedSessions => _sessions.Values;

    public IReadOnlyCollection<Ticket> ChangedTickets => _tickets.Values;

    public IReadOnlyCollection<Reservation> ChangedReservations => _reservations.Values;

    public IReadOnlyList<JsonValue> Events => _events;

    public IReadOnlyDictionary<string, DateTimeOffset?> Timers => _timers;

    /// <summary>Something is wanted of the station that nobody is about to send.</summary>
    public bool HasUndelivered { get; set; }

    /// <summary>Whether there is anything to commit; a kept answer alone is.</summary>
    public bool HasChanges => StationChanged || _sessions.Count + _tickets.Count + _events.Count + _timers.Count > 0;

    public Session? Find(string? id) => id is null ? null : _sessions.GetValueOrDefault(id) ?? sessions.GetValueOrDefault(id);

    public Ticket? FindTicket(string id) => _tickets.GetValueOrDefault(id) ?? tickets.GetValueOrDefault(id);

    /// <summary>Those that have their slot. One that another transaction pushed out only waits for the end that the station still owes.</summary>
    public IEnumerable<Session> OpenSessions() => Station.Sessions.Where(Station.IsHolding).Select(e => Find(e.Id)).OfType<Session>();

    public string NewId(string prefix) => $"{prefix}-{Guid.CreateVersion7(Now):N}";

    /// <summary>Keeps a session's next state, with what follows from it for the slot and the log.</summary>
    public void Keep(Session next)
    {
        var before = Find(next.Id);
        if (ReferenceEquals(before, next))
            return;
        _sessions[next.Id] = next;
        Station = Station.Remembering(next);
        if (!next.IsOpen || next.SlotNumber != before?.SlotNumber)
            Darken(next.Id);
        if (!next.IsOpen)
            Station = Station.Releasing(next.Id);
        else if (Station.FindSlot(next.SlotNumber)?.SessionId == next.Id)
            Station = Station.Holding(next);

        if (before is { LeaseExpiresAt: not null, Status: SessionStatus.Leased or SessionStatus.Started }
            && next.Status is not (SessionStatus.Leased or SessionStatus.Started))
            Timer(LeaseTimer(next.Id), null);
        if (next.Status != before?.Status)
            Tell(SessionEvents.TypeOf(next.Status), SessionEvents.TimeOf(next, Now), SessionEvents.DataOf(next));
    }

    // A run that comes late must find nothing to clear up.
    private void Darken(string sessionId)
    {
        var dark = Station.Darkening(sessionId, Now);
        HasUndelivered |= !ReferenceEquals(dark, Station);
        Station = dark;
    }

    /// <summary>Keeps what a reading changed: nothing follows from it for slot and log.</summary>
    public void KeepReading(Session next) => _sessions[next.Id] = next;

    public void Keep(Ticket next) => _tickets[next.Id] = next;

    /// <summary>Keeps a reservation's next state: with the station for as long as it is open, and its slot in step with it.</summary>
    public Reservation Keep(Reservation next)
    {
        var before = Station.Reservations.FirstOrDefault(r => r.Id == next.Id);
        var kept = _reservations[next.Id] = _reservations.TryGetValue(next.Id, out var changed)
            ? next with { Revision = changed.Revision }
            : next with { Revision = next.Revision + 1 };
        var others = before is null ? Station.Reservations : Station.Reservations.Remove(before);
        var keeper = kept.Status == ReservationStatus.Active ? kept : null;
        Station = Station with
        {
            Reservations = kept.IsOpen ? others.Add(kept) : others,
            Slots =
            [
                .. Station.Slots.Select(s => s.Number == keeper?.SlotNumber ? s with { ReservationId = kept.Id }
                    : s.ReservationId == kept.Id ? s with { ReservationId = null } : s),
            ],
        };
        return kept;
    }

    public void Tell(string type, DateTimeOffset at, JsonObject data, string? eventId = null) =>
        _events.Add(StationEvent.Of(type, Station.Id, eventId ?? NewId("e"), at, data));

    public void Timer(string name, DateTimeOffset? dueAt) => _timers[name] = dueAt;

    public static string LeaseTimer(string sessionId) => $"lease:{sessionId}";

    public static string ReservationTimer(string reservationId) => $"reservation:{reservationId}";

    public static string LimitTimer(string sessionId) => $"limit:{sessionId}";

    public static string StopTimer(string sessionId) => $"stop:{sessionId}";
}
