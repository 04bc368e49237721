using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Support;

namespace Voltwright.Stations;

public sealed partial class StationGrain
{
    public async Task<Session?> FindSession(string cardId, DateTimeOffset? at)
    {
        cardId = Card.Canonical(cardId);
        await Memory.LoadAsync();
        if (Memory.Station is not { } station)
            return null;
        if (station.Sessions.LastOrDefault(e => IsMeant(e) && WasOpen(e.OpenedAt, e.ClosedAt, at)) is { } entry)
            return (await GetSession(entry.Id)).Value;
        if (at is null || !station.MayHaveForgotten || at > station.Sessions.Min(e => e.OpenedAt))
            return null;
        return (await SearchAsync(("cardId", cardId))).FirstOrDefault(s => WasOpen(s.OpenedAt, s.ClosedAt, at));

        // One that was pushed out of its slot is over for the driver, who cannot mean it.
        bool IsMeant(SessionEntry e) => e.CardId == cardId && (e.ClosedAt is not null || station.IsHolding(e));
    }

    public async Task<Outcome<Lease>> AcquireSlot(string cardId, string? requestKey, DateTimeOffset? at)
    {
        var (card, tariff, limit) = (await CardAsync(cardId), await TariffAsync(), await LimitAsync(cardId));
        return await DecideAsync(
            turn => turn is null ? NotRegistered : Leasing.Acquire(turn, Card.Canonical(cardId), card, tariff, at, limit),
            requestKey: Scoped(requestKey, "acquire"), replyType: DomainJson.Default.OutcomeLease);
    }

    public Task<Outcome<Station>> SetLed(string led, LedState state) => DecideStationAsync((turn, station) =>
    {
        if (led != "main" && station.FindSlot(int.TryParse(led, out var number) ? number : null) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {Id} has no LED '{led}': there are main and 1 to {station.Slots.Length}.");
        if (state.Action is not ("on" or "off" or "flicker"))
            return new Refusal(RefusalKind.Invalid, "action must be on, off or flicker.");
        if (state.DurationMs is <= 0 or > 86_400_000)
            return new Refusal(RefusalKind.Invalid, "duration must be between 1 ms and one day.");
        if (state.SessionId is { } session && !station.Slots.Any(s => s.SessionId == session && $"{s.Number}" == led))
            return new Refusal(RefusalKind.IllegalTransition, $"Session {session} does not hold slot {led} of station {Id}.");
        return station with { Leds = station.Leds.SetItem(led, Led.Wanted(state, station.Leds.GetValueOrDefault(led), turn.Now)) };
    });

    public Task LedReported(string led, string reached, string? problem) => DecideAsync(turn =>
    {
        if (turn.Station.Leds.TryGetValue(led, out var known))
            turn.Station = turn.Station with { Leds = turn.Station.Leds.SetItem(led, known with { Reached = reached, Problem = problem }) };
    });

    public Task<Outcome<Station>> WantLock(int slot, bool locked) => DecideStationAsync((_, station) => station.FindSlot(slot) switch
    {
        null => new Refusal(RefusalKind.NotFound, $"Station {Id} has no slot {slot}."),
        // A request that comes late, after its session: nobody would ever unlock the slot again.
        { SessionId: null } when locked => new Refusal(RefusalKind.IllegalTransition, $"No session holds slot {slot} of station {Id}."),
        var known => station.With(known with { Lock = known.Lock with { Wanted = locked } }),
    });

    public Task LockReported(int slot, bool locked, string? problem) => DecideAsync(turn =>
    {
        if (turn.Station.FindSlot(slot) is { } known)
            turn.Station = turn.Station.With(known with { Lock = known.Lock with { Confirmed = locked, Problem = problem } });
    });

    public Task<Outcome<Session>> WantStart(string sessionId) =>
        DecideSessionAsync(sessionId, (turn, session) => session.AskStart(turn.Now));

    public Task<Outcome<Session>> Release(string sessionId) => DecideSessionAsync(sessionId, Leasing.Release);

    public Task<Outcome<Session>> WantEnd(string sessionId, string cause) => DecideSessionAsync(sessionId, (turn, session) =>
        session.Status == SessionStatus.Charging && turn.OpenSessions().All(s => s.Id != sessionId)
            ? session.GiveUpWaitingForStop(turn.Now)
            : session.AskEnd(cause, turn.Now));

    public async Task<Outcome<Session>> GetSession(string sessionId)
    {
        await Memory.LoadAsync(sessionId);
        return Memory.Station is null || Memory.FindSession(sessionId) is not { } session ? NoSession(sessionId) : session;
    }

    public Task<Outcome<Session>> PaymentSettled(string sessionId, PaymentSummary payment) =>
        DecideSessionAsync(sessionId, (turn, session) =>
        {
            var settled = session.Settle(payment, payment.Status == "taken");
            if (settled.Value is { Payment.Refunded: { } refunded } && refunded != session.Payment?.Refunded)
            {
                turn.Tell(EventTypes.PaymentRefunded, turn.Now, StationEvent.Data(
                    ("stationId", Id), ("sessionId", sessionId), ("cardId", session.CardId), ("amount", payment.Amount),
                    ("currency", payment.Currency), ("refunded", refunded)));
            }

            return settled;
        });

    public Task<Outcome<Ticket>> ReportIncident(IncidentReport report, string? requestKey) => DecideAsync(
        turn => turn is null ? NotRegistered : Incidents.Report(turn, report),
        requestKey: Scoped(requestKey, "incident"), replyType: DomainJson.Default.OutcomeTicket);

    public Task<Outcome<Ticket>> CloseTicket(string ticketId, string? resolution) => DecideAsync(
        turn => turn is null ? NotRegistered : Incidents.Close(turn, ticketId, resolution), ticketId: ticketId);

    private Task<Outcome<Station>> DecideStationAsync(Func<Turn, Station, Outcome<Station>> change) => DecideAsync<Outcome<Station>>(turn =>
    {
        if (turn is null)
            return NotRegistered;
        var outcome = change(turn, turn.Station);
        if (outcome.Value is { } next)
            turn.Station = next;
        return outcome;
    });

    private Task<Outcome<Session>> DecideSessionAsync(string sessionId, Func<Turn, Session, Outcome<Session>> change) => DecideAsync(
        Outcome<Session> (turn) =>
        {
            if (turn?.Find(sessionId) is not { } session)
                return NoSession(sessionId);
            var outcome = change(turn, session);
            if (outcome.Value is { } next)
                turn.Keep(next);
            return outcome;
        },
        sessionId);

    private Refusal NoSession(string sessionId) => new(RefusalKind.NotFound, $"Station {Id} has no session {sessionId}.");

    /// <summary>Open at that moment: what this very tap opens is younger, what it closed is not older.</summary>
    private static bool WasOpen(DateTimeOffset openedAt, DateTimeOffset? closedAt, DateTimeOffset? at) =>
        at is { } moment ? openedAt < moment && (closedAt is null || closedAt >= moment) : closedAt is null;
}
