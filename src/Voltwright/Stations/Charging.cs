using System.Globalization;
using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Gateway.Vendors;
using Voltwright.Sessions;
using Voltwright.Tariffs;

namespace Voltwright.Stations;

/// <summary>Facts about energy. None is ever refused: whatever a station did is accounted for, doubts go into the answer.</summary>
internal static class Charging
{
    private const int KeptStopsAhead = 8;
    private const int KeptUnclaimed = 32;

    /// <summary>The start that this one repeats, if it does.</summary>
    public static SessionEntry? FindStart(Station station, ChargingStartedFact fact) => station.Sessions.LastOrDefault(
        e => fact.TransactionId is { } id
            ? e.TransactionId == id
            : e.StartSaidAt == fact.At && e.SlotNumber == fact.Slot && e.CardId == fact.CardId
                && e.MeterStartWh == Math.Max(0, fact.MeterStartWh ?? 0));

    public static ChargingStartedAnswer Started(
        Turn turn, ChargingStartedFact fact, string? repeatOf, Card? card, Tariff tariff, int number, long? limit = null)
    {
        if (turn.Find(repeatOf) is { } known)
            return Answer(known);
        if (fact.CardId is not { } cardId)
            return Unclaimed(turn, fact);
        fact = Claim(turn, fact, cardId);
        if (turn.Station.FindSlot(fact.Slot) is null)
            turn.Station = turn.Station.Change(new StationChange(null, null, fact.Slot)).Match(s => s, _ => turn.Station);

        Tapping.Started(turn, fact, cardId, card);
        var decision = Decide(turn, fact, card);
        var leased = FindLease(turn, fact);
        MakeRoom(turn, fact.Slot, leased);
        var session = leased is null
            ? Session.WithoutLease(turn.NewId("s"), turn.Station.Id, fact.Slot, cardId, tariff, turn.Now) with { PriceLimit = limit }
            : Leasing.Move(turn, leased, fact.Slot);

        var charging = session.BeginCharging(fact, number, decision, turn.Now);
        turn.Station = turn.Station.Holding(charging);
        ConfirmLock(turn, fact.Slot);
        Reserving.Charged(turn, charging);
        turn.Tell(EventTypes.ChargingStarted, charging.StartedAt!.Value, StationEvent.Data(
            ("stationId", turn.Station.Id), ("slotNumber", fact.Slot), ("cardId", cardId), ("sessionId", charging.Id),
            ("transactionId", charging.TransactionId), ("meterStartWh", StationEvent.Number(fact.MeterStartWh))));
        turn.Keep(charging);
        Limiting.Began(turn, charging);
        ApplyStopAhead(turn, charging, fact.TransactionId, card);
        return Answer(charging);
    }

    /// <summary>It may end without a card, too: then there is no session, and nobody to bill.</summary>
    private static ChargingStartedAnswer Unclaimed(Turn turn, ChargingStartedFact fact)
    {
        if (turn.Station.Unclaimed.All(known => known.TransactionId != fact.TransactionId))
            turn.Station = turn.Station with { Unclaimed = [.. turn.Station.Unclaimed.Append(fact).TakeLast(KeptUnclaimed)] };
        return new ChargingStartedAnswer(CardDecision.Unknown, null, 0);
    }

    /// <summary>Where and from which reading on the card's session counts: as its transaction began, if that was told before.</summary>
    private static ChargingStartedFact Claim(Turn turn, ChargingStartedFact fact, string cardId)
    {
        var begun = turn.Station.Unclaimed.FirstOrDefault(known => known.TransactionId == fact.TransactionId);
        if (begun is not null)
            turn.Station = turn.Station with { Unclaimed = turn.Station.Unclaimed.Remove(begun) };
        var slot = fact.Slot > 0 ? fact.Slot
            : begun is { Slot: > 0 } ? begun.Slot
            : FindLease(turn, fact with { CardId = cardId })?.SlotNumber ?? 1;
        return fact with { Slot = slot, MeterStartWh = begun?.MeterStartWh ?? fact.MeterStartWh };
    }

    /// <summary>Where the end of a transaction belongs; null when nothing is known of it.</summary>
    public static string? FindSession(Station station, string? transactionId, string? sessionId, int? slot)
    {
        if (sessionId is not null)
            return sessionId;
        if (transactionId is not null)
            return station.Sessions.LastOrDefault(e => e.TransactionId == transactionId)?.Id;
        return station.FindSlot(slot) is { Charging: true } busy ? busy.SessionId
            : station.FindSlot(slot) is { SessionId: null } free ? station.PushedOutOf(free.Number)?.Id
            : null;
    }

    public static CardDecision? Stopped(Turn turn, ChargingStoppedFact fact, string? sessionId, Card? card)
    {
        CardDecision? answer = fact.CardId is null ? null : Tapping.Decide(card);
        if (turn.Station.Unclaimed.FirstOrDefault(known => known.TransactionId == fact.TransactionId) is { } unclaimed && sessionId is null)
        {
            turn.Station = turn.Station with { Unclaimed = turn.Station.Unclaimed.Remove(unclaimed) };
            return answer;
        }

        var session = turn.Find(sessionId);
        if (session is { StartedAt: not null, Status: not SessionStatus.Charging })
        {
            var late = session.StopAtLast(fact, turn.Now);
            if (!ReferenceEquals(late, session))
                Tell(turn, fact, late);
            turn.Keep(late);
            return answer;
        }

        Tell(turn, fact, session);
        if (session is not { Status: SessionStatus.Charging })
        {
            turn.Station = turn.Station with { StopsAhead = [.. turn.Station.StopsAhead.Append(fact).TakeLast(KeptStopsAhead)] };
            return answer;
        }

        if (fact.Samples is { } samples)
            fact = fact with { Samples = Quirks.Believed(turn.Station, samples) };
        var byTap = Tapping.Stopped(turn, fact, session, card);
        var cause = session.EndCause ?? (byTap ? "tap" : "station");
        turn.Timer(Turn.StopTimer(session.Id), null);
        turn.Keep(session.Stop(fact, cause, turn.Now));
        return answer;
    }

    private static void Tell(Turn turn, ChargingStoppedFact fact, Session? session) =>
        turn.Tell(EventTypes.ChargingStopped, Clock.Believe(fact.At, turn.Now).At, StationEvent.Data(
            ("stationId", turn.Station.Id), ("slotNumber", StationEvent.Number(session?.SlotNumber ?? fact.Slot)),
            ("sessionId", session?.Id), ("transactionId", fact.TransactionId), ("meterStopWh", StationEvent.Number(fact.MeterStopWh)),
            ("reason", fact.Reason), ("cardId", fact.CardId)));

    public static void Metered(Turn turn, MeterFact fact, string? sessionId)
    {
        var session = turn.Find(sessionId);
        fact = fact with { Samples = Quirks.Believed(turn.Station, fact.Samples) };
        if (session is not null && session.Metered(fact.Samples) is var next && !ReferenceEquals(next, session))
            turn.KeepReading(next);
        Limiting.Look(turn, sessionId);
        if (fact.Samples.MaxBy(s => s.At) is not { } last)
            return;
        turn.Tell(EventTypes.MeterValues, Clock.Believe(last.At, turn.Now).At, StationEvent.Data(
            ("stationId", turn.Station.Id), ("slotNumber", StationEvent.Number(fact.Slot > 0 ? fact.Slot : session?.SlotNumber)),
            ("sessionId", session?.Id), ("transactionId", fact.TransactionId),
            ("registerWh", StationEvent.Number(last.EnergyWh)), ("powerW", StationEvent.Number(last.PowerW)),
            ("energyWh", StationEvent.Number(turn.Find(sessionId)?.EnergyWh))));
    }

    public static void StopTimerDue(Turn turn, string sessionId)
    {
        turn.Timer(Turn.StopTimer(sessionId), null);
        if (turn.Find(sessionId) is not { Status: SessionStatus.Charging } session)
            return;
        var patience = session.Meter!.LastAt + turn.Options.MissingStopGrace;
        // One that another transaction took the place of cannot be metering.
        if (patience > turn.Now && turn.Station.FindSlot(session.SlotNumber)?.SessionId is var holder && (holder is null || holder == sessionId))
            turn.Timer(Turn.StopTimer(sessionId), patience);
        else
            turn.Keep(session.GiveUpWaitingForStop(turn.Now));
    }

    private static CardDecision Decide(Turn turn, ChargingStartedFact fact, Card? card)
    {
        var decision = Tapping.Decide(card);
        var elsewhere = turn.OpenSessions().Any(
            s => s.CardId == fact.CardId && s.Status == SessionStatus.Charging && s.SlotNumber != fact.Slot);
        return decision == CardDecision.Accepted && elsewhere ? CardDecision.ConcurrentSession : decision;
    }

    private static Session? FindLease(Turn turn, ChargingStartedFact fact)
    {
        var waiting = turn.OpenSessions().Where(s => s.Status != SessionStatus.Charging).ToList();
        return waiting.Find(s => s.Id == fact.SessionId) ?? waiting.FindLast(s => s.CardId == fact.CardId);
    }

    /// <summary>One slot charges one car: whoever has it now gives way to the one that charges.</summary>
    private static void MakeRoom(Turn turn, int slot, Session? comer)
    {
        if (turn.Find(turn.Station.FindSlot(slot)?.SessionId) is not { } holder || holder.Id == comer?.Id)
            return;
        if (holder.Status == SessionStatus.Charging)
        {
            PushOut(turn, holder);
            return;
        }

        if (comer is not null)
            turn.Station = turn.Station.Releasing(comer.Id);
        Leasing.GiveWay(turn, holder);
    }

    /// <summary>The end of a session was lost or is still on the way: it keeps counting as charging until then, without the slot.</summary>
    public static void PushOut(Turn turn, Session session)
    {
        turn.Station = turn.Station.Releasing(session.Id);
        turn.Timer(Turn.StopTimer(session.Id), turn.Now + turn.Options.MissingStopGrace);
    }

    private static void ConfirmLock(Turn turn, int number)
    {
        if (turn.Station.FindSlot(number) is { Lock: { Wanted: true, Confirmed: false } } slot)
            turn.Station = turn.Station.With(slot with { Lock = new(Wanted: true, Confirmed: true) });
    }

    /// <param name="ownId">The station's own id; a number of ours cannot have been known before this start.</param>
    private static void ApplyStopAhead(Turn turn, Session session, string? ownId, Card? card)
    {
        var stop = turn.Station.StopsAhead.FirstOrDefault(
            f => f.SessionId == session.Id || (ownId is not null && f.TransactionId == ownId));
        if (stop is null)
            return;
        turn.Station = turn.Station with { StopsAhead = turn.Station.StopsAhead.Remove(stop) };
        Stopped(turn, stop, session.Id, card);
    }

    private static ChargingStartedAnswer Answer(Session session) => new(session.StartDecision, session.Id, session.TransactionNumber);
}
