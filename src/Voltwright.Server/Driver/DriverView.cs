using Voltwright.Payments;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Tariffs;

namespace Voltwright.Server.Driver;

/// <summary>All that the driver's page shows, decided from what is known; the page only puts it into words.</summary>
/// <param name="Tariff">In force here, or the session's own once there is one.</param>
/// <param name="Visit">Null for a stranger.</param>
/// <param name="Session">The visit's; null as long as there is none.</param>
/// <param name="Tap">What the workflows made of the visit's tap.</param>
/// <param name="Hold">What the visit is paid by; null where a card of ours pays.</param>
/// <param name="Offer">What would be held, in minor units of the tariff's currency; null where drivers cannot pay by phone.</param>
public sealed record DriverView(
    Station Station, Tariff Tariff, DateTimeOffset Now, Visit? Visit, Session? Session, TapOutcome Tap, Hold? Hold = null, long? Offer = null)
{
    private static readonly TimeSpan DecisionPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(8);

    /// <summary>A stop that was asked for and shows no effect can be asked for again after that time.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    public Moment Moment => Visit is null ? Moment.Choosing : Session is { } session ? MomentOf(session) : MomentOfTap();

    /// <summary>Whether a card can be entered.</summary>
    public bool CanStart => Moment is Moment.Choosing or Moment.Refused && Station.Status == StationStatus.Available;

    /// <summary>Something is under way on this phone.</summary>
    public bool IsUnderWay => Moment is Moment.Paying or Moment.Asked or Moment.Waiting or Moment.Charging or Moment.Stopping or Moment.Settling;

    /// <summary>The second tap can be asked for.</summary>
    public bool CanStop => Moment is Moment.Waiting or Moment.Charging;

    public IEnumerable<Slot> FreeSlots => Station.Slots.Where(s => s.IsFree);

    /// <summary>The station takes longer to begin, or to stop, than it should.</summary>
    public bool IsSlow => Moment switch
    {
        Moment.Waiting => Session!.StartAskedAt is null && Now - Session.OpenedAt > StartPatience,
        Moment.Stopping => !Station.Connected || Visit!.StopAskedAt is not { } asked || Now - asked > StartPatience,
        _ => false,
    };

    private bool IsStopping(Session session) =>
        session.EndAskedAt is not null || Visit!.StopAskedAt > Now - StopPatience;

    private Moment MomentOf(Session session) => session.Status switch
    {
        SessionStatus.Charging => IsStopping(session) ? Moment.Stopping : Moment.Charging,
        SessionStatus.Leased or SessionStatus.Started => IsStopping(session) ? Moment.Stopping : Moment.Waiting,
        SessionStatus.Expired => Moment.Refused,
        _ when session.StartedAt is null => Moment.Cancelled,
        SessionStatus.Paid => Moment.Paid,
        SessionStatus.Unpaid => Moment.Unpaid,
        _ => Moment.Settling,
    };

    private Moment MomentOfTap() => Hold switch
    {
        { Status: HoldStatus.Opening or HoldStatus.Open } => Moment.Paying,
        { Status: HoldStatus.Held, TappedAt: var tapped } => Tap.Running || !(Tap.Found && Now - tapped > DecisionPatience) ? Moment.Asked : Moment.Refused,
        null when !Voltwright.Payments.Hold.IsId(Visit!.CardId) => MomentOfCard(),
        _ => Moment.Refused,
    };

    private Moment MomentOfCard() =>
        Tap.Running || (!Tap.Found && Now - Visit!.At < DecisionPatience) ? Moment.Asked : Moment.Refused;
}
