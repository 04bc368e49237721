using Voltwright.Cards;
using Voltwright.Jq;
using Voltwright.Reservations;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Support;
using Voltwright.Tariffs;

namespace Voltwright.Tests.Stations;

/// <summary>A station with its sessions in memory: each call is one turn, kept as the grain keeps it; time stands until moved.</summary>
internal sealed class Desk
{
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Tariff Tariff = new() { Currency = "EUR", PerKwh = 49, SessionFee = 100, IdlePerMinute = 10, TaxPercent = 20 };

    private readonly Dictionary<string, Session> _sessions = [];
    private readonly Dictionary<string, Ticket> _tickets = [];
    private readonly Dictionary<string, Card> _cards = [];
    private int _number = 100;

    public Desk(int slots = 2, ChargingOptions? options = null)
    {
        Options = options ?? new ChargingOptions();
        Station = Station.Register(new StationRegistration("CP1", "ocpp1.6", slots, "secret"), Noon).Value!;
        Card("A");
        Card("B");
        Card("C");
    }

    public ChargingOptions Options { get; }

    public Station Station { get; private set; }

    public DateTimeOffset Now { get; private set; } = Noon;

    public List<JsonValue> Events { get; } = [];

    public Dictionary<string, DateTimeOffset> Timers { get; } = [];

    public IReadOnlyCollection<Session> Sessions => _sessions.Values;

    public IReadOnlyCollection<Ticket> Tickets => _tickets.Values;

    public Dictionary<string, Reservation> Reservations { get; } = [];

    public bool HasUndelivered { get; private set; }

    public void Card(string id, CardStatus status = CardStatus.Active) => _cards[id] = new Card(id, status);

    public Session Session(string? id) => _sessions[id!];

    public Slot Slot(int number) => Station.FindSlot(number)!;

    public void Wait(TimeSpan time) => Now += time;

    public IEnumerable<string> EventTypes() => Events.Select(e => e["type"].AsString());

    public int Count(string type) => EventTypes().Count(t => t == type);

    public JsonValue Last(string type) => Events.Last(e => e["type"] == type);

    public T Do<T>(Func<Turn, T> decide)
    {
        Now += TimeSpan.FromMilliseconds(1);
        var turn = new Turn(Station, _sessions, _tickets, Now, Options);
        var answer = decide(turn);
        Station = turn.Station;
        foreach (var session in turn.ChangedSessions)
            _sessions[session.Id] = session;
        foreach (var reservation in turn.ChangedReservations)
            Reservations[reservation.Id] = reservation;
        foreach (var ticket in turn.ChangedTickets)
            _tickets[ticket.Id] = ticket;
        Events.AddRange(turn.Events);
        foreach (var (name, due) in turn.Timers)
        {
            if (due is { } at)
                Timers[name] = at;
            else
                Timers.Remove(name);
        }

        HasUndelivered |= turn.HasUndelivered;
        return answer;
    }

    public void Do(Action<Turn> decide) => Do(turn =>
    {
        decide(turn);
        return true;
    });

    public CardDecision Tap(string card, string cause = "authorize", string? eventId = null, DateTimeOffset? at = null, bool already = false) =>
        Do(t => Tapping.Presented(t, new CardFact(card, null, cause, already, at ?? Now, eventId), _cards.GetValueOrDefault(card)));

    public CardDecision Enter(string card, string eventId, string? ends = null, int? slot = null) => Do(t => Tapping.Entered(
        t, new CardFact(card, slot, CardFact.OnPage, false, Now, eventId), ends, _cards.GetValueOrDefault(card)));

    public Outcome<Lease> Acquire(string card, DateTimeOffset? at = null) =>
        Do(t => Leasing.Acquire(t, card, _cards.GetValueOrDefault(card), Tariff, at));

    public ChargingStartedAnswer Start(
        int slot, string card, long meterWh = 1000, DateTimeOffset? at = null, string? transaction = null, string? session = null)
    {
        var fact = new ChargingStartedFact(slot, card, meterWh, at ?? Now, transaction, session);
        return Start(fact);
    }

    public ChargingStartedAnswer Start(ChargingStartedFact fact) => Do(t => Charging.Started(
        t, fact, Charging.FindStart(t.Station, fact)?.Id, fact.CardId is null ? null : _cards.GetValueOrDefault(fact.CardId), Tariff, ++_number));

    public CardDecision? Stop(
        string? transaction, long? meterWh, DateTimeOffset? at = null, string? reason = null, string? card = null, string? session = null, int? slot = null) =>
        Stop(new ChargingStoppedFact(transaction, slot, session, meterWh, at ?? Now, reason, card));

    public CardDecision? Stop(ChargingStoppedFact fact) => Do(t => Charging.Stopped(
        t, fact, Charging.FindSession(t.Station, fact.TransactionId, fact.SessionId, fact.Slot),
        fact.CardId is null ? null : _cards.GetValueOrDefault(fact.CardId)));

    public void Meter(int slot, long energyWh, DateTimeOffset? at = null) => Do(t => Charging.Metered(
        t, new MeterFact(slot, null, [new MeterSample(at ?? Now, energyWh, 11_000)]), Charging.FindSession(t.Station, null, null, slot)));

    public void Status(int? slot, string status, string? error = null, DateTimeOffset? at = null, bool? locked = null) =>
        Do(t => Reporting.Status(t, new SlotStatusFact(slot, status, error, null, null, at ?? Now, locked)));

    public Outcome<Reservation> Reserve(string card, int? slot = null, TimeSpan? span = null) => Do(t => Reserving.Reserve(
        t, new ReservationWish(card, slot, Now + (span ?? TimeSpan.FromMinutes(30))), _cards.GetValueOrDefault(card), ++_number));

    public Outcome<Reservation> Reached(Reservation told, string reached) => Do(
        t => Reserving.Reached(t, Reservations[told.Id], told.Revision, reached, null));

    public Outcome<Reservation> Cancel(Reservation reservation) => Do(t => Reserving.Cancel(t, reservation));

    public Outcome<Station> Serve(bool operative, int? slot = null, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Do(t => Serving.Set(t, new AvailabilityWish(slot, operative, from, until)));

    public Outcome<Ticket> Report(int? slot, string code, string? session = null) =>
        Do(t => Incidents.Report(t, new IncidentReport(slot, code, "info", null, session)));

    public Outcome<Ticket> Close(string ticket) => Do(t => Incidents.Close(t, ticket, "fixed"));

    public Outcome<Session> AskEnd(string id) => Do(t => Keep(t, t.Find(id)!.AskEnd("request", t.Now)));

    public Outcome<Session> AskStart(string id) => Do(t => Keep(t, t.Find(id)!.AskStart(t.Now)));

    /// <summary>Keeps what was decided, as the grain does.</summary>
    public Outcome<Session> Keep(Turn turn, Outcome<Session> outcome)
    {
        if (outcome.Value is { } next)
            turn.Keep(next);
        return outcome;
    }

    public void Light(LedState state, int slot) => Do(t => t.Station = t.Station with
    {
        Leds = t.Station.Leds.SetItem($"{slot}", Led.Wanted(state, t.Station.Leds.GetValueOrDefault($"{slot}"), t.Now) with { Reached = "shown" }),
    });

    public void Lock(int slot, bool wanted, bool confirmed) =>
        Do(t => t.Station = t.Station.With(t.Station.FindSlot(slot)! with { Lock = new(wanted, confirmed) }));

    /// <summary>Fires every timer that is due, as the host does.</summary>
    public void FireTimers()
    {
        foreach (var name in Timers.Where(t => t.Value <= Now).Select(t => t.Key).ToList())
        {
            var id = name[(name.IndexOf(':') + 1)..];
            Do(t =>
            {
                if (name.StartsWith("lease:"))
                    Leasing.LeaseTimerDue(t, id);
                else if (name.StartsWith("reservation:"))
                    Reserving.TimerDue(t, id);
                else if (name == Serving.Timer)
                    Serving.TimerDue(t);
                else
                    Charging.StopTimerDue(t, id);
            });
        }
    }
}
