using Voltwright.Cards;
using Voltwright.Sessions;

namespace Voltwright.Stations;

/// <summary>
/// A session whose bill has come to what is held for it ends as by a tap of its card, which the workflows answer. What flows until the
/// station has stopped is not billed.
/// </summary>
internal static class Limiting
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20);

    /// <summary>Where time costs something, the bill grows without readings.</summary>
    public static void Began(Turn turn, Session session)
    {
        if (session is { PriceLimit: not null, Tariff: { PerMinute: > 0 } or { IdlePerMinute: > 0 } })
            turn.Timer(Turn.LimitTimer(session.Id), turn.Now + BetweenLooks);
    }

    public static void TimerDue(Turn turn, string sessionId)
    {
        Look(turn, sessionId);
        var goesOn = turn.Find(sessionId) is { Status: SessionStatus.Charging, LimitReachedAt: null };
        turn.Timer(Turn.LimitTimer(sessionId), goesOn ? turn.Now + BetweenLooks : null);
    }

    public static void Look(Turn turn, string? sessionId)
    {
        if (turn.Find(sessionId) is not { Status: SessionStatus.Charging, PriceLimit: { } limit, LimitReachedAt: null } session
            || session.PriceSoFar(turn.Now).Amount < limit)
            return;
        turn.Keep(session with { LimitReachedAt = turn.Now });
        var fact = new CardFact(session.CardId, session.SlotNumber, CardFact.AtLimit, false, turn.Now, $"{session.Id}-limit");
        Tapping.Entered(turn, fact, session.Id, new Card(session.CardId, CardStatus.Active));
    }
}
