using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Sessions;

namespace Voltwright.Stations;

/// <summary>
/// One card-scanned event for one tap, however many messages tell of it: Authorize, a card reader's event, or a start or stop
/// that the station did on a tap by itself.
/// </summary>
internal static class Tapping
{
    public const string StartTransaction = "start-transaction";
    public const string StopTransaction = "stop-transaction";

    /// <summary>What a tap that found no free slot is refused as, beside the decisions about cards.</summary>
    public const string NoSlot = "no-slot";

    public static CardDecision Presented(Turn turn, CardFact fact, Card? card)
    {
        var decision = Decide(card);
        if (IsKnown(turn, fact) || IsCheckOfOurStart(turn, fact) || fact.At < turn.Now - turn.Options.HistoricAfter)
            return decision;
        Tell(turn, fact, decision);
        return decision;
    }

    /// <summary>
    /// A card entered on the driver's page instead of held to the station. What it is meant for is known, so it never ends a session that
    /// somebody else began, nor begins one because the end came first. Its event's id tells repeats.
    /// </summary>
    /// <param name="ends">The session that it is to end; null to begin one.</param>
    public static CardDecision Entered(Turn turn, CardFact fact, string? ends, Card? card)
    {
        if (turn.Station.Taps.FirstOrDefault(t => t.EventId == fact.EventId) is { } known)
            return known.Decision;
        var open = turn.OpenSessions().LastOrDefault(s => s.CardId == fact.CardId);
        if (ends is not null && (open?.Id != ends || open.EndAskedAt is not null))
            return CardDecision.Accepted;
        var decision = Decide(card);
        if (ends is null && open is not null && decision == CardDecision.Accepted)
            return CardDecision.ConcurrentSession;
        Tell(turn, fact, decision);
        return decision;
    }

    public static CardDecision Decide(Card? card) => card?.Status switch
    {
        null => CardDecision.Unknown,
        CardStatus.Blocked => CardDecision.Blocked,
        CardStatus.Expired => CardDecision.Expired,
        _ => CardDecision.Accepted,
    };

    /// <summary>A start by the station: the tap that led to it is spent; a tap nobody told of is told now.</summary>
    public static void Started(Turn turn, ChargingStartedFact fact, string cardId, Card? card)
    {
        var awaited = turn.OpenSessions().Any(s => s.CardId == cardId && s.Status != SessionStatus.Charging);
        var tap = LatestUnspent(turn, cardId);
        if (tap is null && !awaited)
        {
            Presented(turn, new CardFact(cardId, fact.Slot, StartTransaction, true, fact.At), card);
            tap = LatestUnspent(turn, cardId);
        }

        if (tap is not null)
            turn.Station = turn.Station.Spending(tap);
    }

    /// <summary>A stop by the station. True when the session's own card stopped it, so that the tap's workflow settles it.</summary>
    public static bool Stopped(Turn turn, ChargingStoppedFact fact, Session session, Card? card)
    {
        var recent = LatestUnspent(turn, session.CardId) is { } told && told.At > session.OpenedAt ? told : null;
        if (recent is null && session.EndAskedAt is null && fact.CardId == session.CardId && fact.Reason is null or "Local")
        {
            Presented(turn, new CardFact(session.CardId, session.SlotNumber, StopTransaction, true, fact.At), card);
            recent = LatestUnspent(turn, session.CardId);
        }

        if (recent is null)
            return false;
        turn.Station = turn.Station.Spending(recent);
        return recent.Decision == CardDecision.Accepted;
    }

    /// <summary>The card's tap found no free slot: told once, however often a slot is asked for.</summary>
    public static void TurnedAway(Turn turn, string cardId)
    {
        if (turn.Station.Taps.LastOrDefault(t => t.CardId == cardId) is not { TurnedAway: false, Decision: CardDecision.Accepted } tap)
            return;
        turn.Station = turn.Station with { Taps = turn.Station.Taps.Replace(tap, tap with { TurnedAway = true }) };
        var data = DataOf(turn, new CardFact(cardId, tap.Slot, tap.Cause, false, tap.SaidAt));
        turn.Tell(EventTypes.CardRefused, turn.Now, data.With("decision", NoSlot));
    }

    private static Tap? LatestUnspent(Turn turn, string cardId) =>
        turn.Station.Taps.LastOrDefault(t => t.CardId == cardId && !t.Spent && turn.Now - t.At <= turn.Options.TapFollowWindow);

    private static bool IsKnown(Turn turn, CardFact fact) => turn.Station.Taps.Any(t =>
        (fact.EventId is not null && t.EventId == fact.EventId)
        || (t.CardId == fact.CardId && (IsRepeat(t, fact) || (!t.Spent && IsFollowedBy(turn, t, fact)))));

    /// <summary>Stations may authorise the card of a start that they were asked for: nobody tapped.</summary>
    private static bool IsCheckOfOurStart(Turn turn, CardFact fact) => fact.Cause == CardFact.StartCheck
        || (fact.Cause == CardFact.Authorize && turn.OpenSessions().Any(s =>
            s.CardId == fact.CardId && s.Status == SessionStatus.Started && turn.Now - s.StartAskedAt <= turn.Options.StartCheckWindow));

    private static bool IsRepeat(Tap tap, CardFact fact) => fact.EventId is null && tap.Cause == fact.Cause && tap.SaidAt == fact.At;

    private static bool IsFollowedBy(Turn turn, Tap tap, CardFact fact) => turn.Now - tap.At <=
        (fact.Cause is StartTransaction or StopTransaction ? turn.Options.TapFollowWindow : turn.Options.SameTapWindow);

    private static void Tell(Turn turn, CardFact fact, CardDecision decision)
    {
        turn.Station = turn.Station.Remembering(new Tap(fact.CardId, turn.Now, fact.At, fact.Cause, decision, fact.EventId, Slot: fact.Slot));
        var data = DataOf(turn, fact);
        if (decision == CardDecision.Accepted)
            turn.Tell(EventTypes.CardScanned, turn.Now, data, fact.EventId);
        else
            turn.Tell(EventTypes.CardRefused, turn.Now, data.With("decision", decision.ToString().ToLowerInvariant()), fact.EventId);
    }

    private static JsonObject DataOf(Turn turn, CardFact fact) => StationEvent.Data(
        ("stationId", turn.Station.Id),
        ("cardId", fact.CardId),
        ("card", JsonObject.Of(("id", fact.CardId))),
        ("connector", StationEvent.Number(fact.Slot)),
        ("cause", fact.Cause),
        ("alreadyHappened", fact.AlreadyHappened));
}
