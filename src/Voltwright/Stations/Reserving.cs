using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Reservations;
using Voltwright.Sessions;

namespace Voltwright.Stations;

/// <summary>Slots kept for cards: made, used up by a session, cancelled, expired, or overtaken by facts.</summary>
internal static class Reserving
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static Outcome<Reservation> Reserve(Turn turn, ReservationWish wish, Card? card, int number)
    {
        if (Tapping.Decide(card) is var decision and not CardDecision.Accepted)
            return new Refusal(RefusalKind.CardNotAccepted, $"Card {wish.CardId} is {decision.ToString().ToLowerInvariant()}.");
        if (wish.ExpiresAt <= turn.Now || wish.ExpiresAt > turn.Now + Longest)
            return new Refusal(RefusalKind.Invalid, $"expiresAt must be ahead, by {Longest.TotalDays:0} days at most.");
        if (ActiveOf(turn.Station, wish.CardId) is { } known)
            return new Refusal(RefusalKind.AlreadyExists, $"Card {wish.CardId} has reservation {known.Id} at station {turn.Station.Id} already.");
        if (wish.Slot is { } wanted && turn.Station.FindSlot(wanted) is null)
            return new Refusal(RefusalKind.NotFound, $"Station {turn.Station.Id} has no slot {wanted}.");
        if (turn.Station.Status is StationStatus.Faulted or StationStatus.OutOfOrder || FindFree(turn.Station, wish.Slot) is not { } slot)
            return new Refusal(RefusalKind.NoSlotAvailable, "No charging slots available");

        var reservation = new Reservation
        {
            Id = turn.NewId("r"),
            Number = number,
            StationId = turn.Station.Id,
            SlotNumber = slot.Number,
            CardId = wish.CardId,
            ExpiresAt = wish.ExpiresAt,
            CreatedAt = turn.Now,
        };
        turn.Timer(Turn.ReservationTimer(reservation.Id), wish.ExpiresAt);
        return Keep(turn, reservation);
    }

    public static Outcome<Reservation> Cancel(Turn turn, Reservation known) => known.Status == ReservationStatus.Active
        ? Keep(turn, known.Close(ReservationStatus.Cancelled, turn.Now, stationKnows: false), callerTells: true)
        : known.Status == ReservationStatus.Cancelled ? known
        : new Refusal(RefusalKind.IllegalTransition, $"Reservation {known.Id} is {Word(known.Status)} already.");

    /// <summary>What came of telling the station. One that refuses to keep the slot ends the reservation.</summary>
    /// <param name="told">The revision that the station was told; what was decided since is still to be told.</param>
    public static Outcome<Reservation> Reached(Turn turn, Reservation known, int told, string reached, string? problem)
    {
        if (known.Revision != told)
            return known;
        var next = known with { Reached = reached, Problem = problem };
        return Keep(turn, reached == "failed" && known.Status == ReservationStatus.Active
            ? next with { Status = ReservationStatus.Refused, ClosedAt = turn.Now }
            : next);
    }

    /// <summary>The station let it expire, or gave it up.</summary>
    public static void Reported(Turn turn, int number, bool expired)
    {
        if (turn.Station.Reservations.FirstOrDefault(r => r.Number == number) is { Status: ReservationStatus.Active } known)
            Keep(turn, known.Close(expired ? ReservationStatus.Expired : ReservationStatus.Lost, turn.Now, stationKnows: true));
    }

    // The station lets it expire by its own clock, and need not be told.
    public static void TimerDue(Turn turn, string reservationId)
    {
        turn.Timer(Turn.ReservationTimer(reservationId), null);
        if (turn.Station.Reservations.FirstOrDefault(r => r.Id == reservationId) is not { Status: ReservationStatus.Active } known)
            return;
        if (known.ExpiresAt > turn.Now)
            turn.Timer(Turn.ReservationTimer(reservationId), known.ExpiresAt);
        else
            Keep(turn, known.Close(ReservationStatus.Expired, turn.Now, stationKnows: known.Reached != "wanted"));
    }

    /// <summary>A card charges: its own reservation is used up, and somebody else's at that slot gives way.</summary>
    public static void Charged(Turn turn, Session session)
    {
        if (ActiveOf(turn.Station, session.CardId) is { } own)
        {
            // At another slot than the reserved one, the station keeps that one until it is told.
            var used = own.Close(ReservationStatus.Used, turn.Now, stationKnows: own.SlotNumber == session.SlotNumber);
            Keep(turn, used with { SessionId = session.Id });
        }

        if (turn.Station.Reservations.FirstOrDefault(r => r.Status == ReservationStatus.Active && r.SlotNumber == session.SlotNumber) is not { } other)
            return;
        Keep(turn, FindFree(turn.Station, null) is { } free
            ? other with { SlotNumber = free.Number, Reached = other.Reached == "unsupported" ? other.Reached : "wanted" }
            : other.Close(ReservationStatus.Lost, turn.Now, stationKnows: true));
    }

    public static Reservation? ActiveOf(Station station, string cardId) =>
        station.Reservations.FirstOrDefault(r => r.Status == ReservationStatus.Active && r.CardId == cardId);

    private static Slot? FindFree(Station station, int? wanted) =>
        station.Slots.FirstOrDefault(s => s.IsFree && !s.CablePlugged && (wanted is null || s.Number == wanted));

    private static Reservation Keep(Turn turn, Reservation next, bool callerTells = false)
    {
        if (next.Status != ReservationStatus.Active)
            turn.Timer(Turn.ReservationTimer(next.Id), null);
        var before = turn.Station.Reservations.FirstOrDefault(r => r.Id == next.Id);
        var kept = turn.Keep(next);
        if (before?.Status != kept.Status)
        {
            turn.Tell($"{EventTypes.ReservationPrefix}{Word(kept.Status)}.v1", turn.Now, StationEvent.Data(
                ("stationId", kept.StationId), ("reservationId", kept.Id), ("slotNumber", kept.SlotNumber), ("cardId", kept.CardId),
                ("expiresAt", StationEvent.Time(kept.ExpiresAt)), ("sessionId", kept.SessionId)));
        }

        turn.HasUndelivered |= kept is { Reached: "wanted" } && before is not null && !callerTells;
        return kept;
    }

    private static string Word(ReservationStatus status) => status == ReservationStatus.Active ? "made" : status.ToString().ToLowerInvariant();
}
