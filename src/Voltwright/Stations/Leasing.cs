using Voltwright.Cards;
using Voltwright.Sessions;
using Voltwright.Tariffs;

namespace Voltwright.Stations;

/// <summary>Who may have which slot, and until when.</summary>
internal static class Leasing
{
    /// <param name="at">When the tap was that it is for; null is now.</param>
    /// <param name="limit">As in <see cref="Session.PriceLimit"/>.</param>
    public static Outcome<Lease> Acquire(
        Turn turn, string cardId, Card? card, Tariff tariff, DateTimeOffset? at = null, long? limit = null)
    {
        if (Tapping.Decide(card) is var decision and not CardDecision.Accepted)
            return new Refusal(RefusalKind.CardNotAccepted, $"Card {cardId} is {decision.ToString().ToLowerInvariant()}.");
        if (turn.OpenSessions().LastOrDefault(s => s.CardId == cardId) is { } open)
            return new Lease(open.SlotNumber, open.Id, open.LeaseExpiresAt);
        // Told of late, as after an offline period: a slot leased for it now would be kept from the next driver for nobody.
        if (turn.Station.Sessions.LastOrDefault(e => e.CardId == cardId && e.ClosedAt is not null && e.OpenedAt >= at) is { } over)
            return new Lease(over.SlotNumber, over.Id, null);
        if (turn.Station.Status == StationStatus.OutOfOrder || turn.Station.Fault is not null
            || FreeSlot(turn.Station, preferred: ReaderOf(turn.Station, cardId), holder: cardId) is not { } slot)
        {
            Tapping.TurnedAway(turn, cardId);
            return new Refusal(RefusalKind.NoSlotAvailable, "No charging slots available");
        }

        var expiresAt = turn.Now + turn.Options.LeaseDuration;
        var session = Session.Lease(turn.NewId("s"), turn.Station.Id, slot.Number, cardId, tariff, turn.Now, expiresAt) with { PriceLimit = limit };
        turn.Station = turn.Station.Holding(session);
        turn.Timer(Turn.LeaseTimer(session.Id), expiresAt);
        turn.Keep(session);
        return new Lease(slot.Number, session.Id, expiresAt);
    }

    public static void LeaseTimerDue(Turn turn, string sessionId)
    {
        turn.Timer(Turn.LeaseTimer(sessionId), null);
        if (turn.Find(sessionId) is not { LeaseExpiresAt: { } expiresAt } session || ReferenceEquals(session.Expire(turn.Now), session))
            return;
        if (expiresAt > turn.Now)
            turn.Timer(Turn.LeaseTimer(sessionId), expiresAt);
        else
            Expire(turn, session);
    }

    public static void Expire(Turn turn, Session session)
    {
        Unlock(turn, session);
        turn.Keep(session.Expire(turn.Now));
    }

    /// <summary>Nothing will come of the lease: its slot is free at once. What charges already stays.</summary>
    public static Outcome<Session> Release(Turn turn, Session session)
    {
        if (session.Status == SessionStatus.Charging)
            return new Refusal(RefusalKind.IllegalTransition, $"Session {session.Id} charges: end it instead.");
        if (session.IsOpen)
            Unlock(turn, session);
        return session.Expire(turn.Now);
    }

    /// <summary>The driver plugged in at <paramref name="slot"/>: the lease moves there, and the slot it kept is free again.</summary>
    public static Session Move(Turn turn, Session session, int slot)
    {
        if (session.SlotNumber == slot)
            return session;
        var wasLocked = turn.Station.FindSlot(session.SlotNumber)?.Lock.Wanted ?? false;
        Unlock(turn, session);
        turn.Station = turn.Station.Releasing(session.Id);
        if (wasLocked && turn.Station.FindSlot(slot) is { } target)
            turn.Station = turn.Station.With(target with { Lock = new(Wanted: true, Confirmed: true) });
        return session.MoveTo(slot);
    }

    /// <summary>Somebody else charges where this lease was: it moves to a free slot, or ends when there is none.</summary>
    public static void GiveWay(Turn turn, Session session)
    {
        turn.Station = turn.Station.Releasing(session.Id);
        if (FreeSlot(turn.Station, except: session.SlotNumber) is not { } free)
        {
            turn.Keep(session.Noted($"Another card charges at slot {session.SlotNumber}, and no other slot is free.").Expire(turn.Now));
            return;
        }

        var moved = session.MoveTo(free.Number);
        turn.Station = turn.Station.Holding(moved);
        turn.Keep(moved);
    }

    private static Slot? FreeSlot(Station station, int? except = null, int? preferred = null, string? holder = null) => station.Slots
        .Where(s => (s.IsFree || IsKeptFor(station, s, holder)) && s.Number != except)
        .OrderByDescending(s => IsKeptFor(station, s, holder)).ThenByDescending(s => s.Number == preferred)
        .ThenByDescending(s => s.CablePlugged).ThenBy(s => s.Number).FirstOrDefault();

    private static bool IsKeptFor(Station station, Slot slot, string? cardId) =>
        cardId is not null && slot is { ReservationId: not null, SessionId: null, Status: SlotStatus.Leased }
        && Reserving.ActiveOf(station, cardId)?.Id == slot.ReservationId;

    /// <summary>Who taps at a slot's own reader means that slot, whoever else has plugged in beside it.</summary>
    private static int? ReaderOf(Station station, string cardId) => station.Taps.LastOrDefault(t => t.CardId == cardId)?.Slot;

    private static void Unlock(Turn turn, Session session)
    {
        if (turn.Station.FindSlot(session.SlotNumber) is not { } slot || slot.SessionId != session.Id)
            return;
        if (slot.Lock is { Wanted: false, Confirmed: false })
            return;
        turn.Station = turn.Station.With(slot with { Lock = slot.Lock with { Wanted = false } });
        turn.HasUndelivered = true;
    }
}
