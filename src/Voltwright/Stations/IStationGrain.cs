using Voltwright.Sessions;
using Voltwright.Support;

namespace Voltwright.Stations;

/// <summary>
/// One station with its slots and the sessions on them: the single writer of both, so that a lease, a fact from the
/// station and the session they concern change in one commit. Facts may come late, twice or out of order.
/// </summary>
public interface IStationGrain : IGrainWithStringKey
{
    // Administration
    Task<Outcome<Station>> Register(StationRegistration registration, string? requestKey);

    Task<Outcome<Station>> Change(StationChange change, string? requestKey);

    Task<Outcome<Station>> SetSecret(string secret);

    Task<Outcome<Station>> Remove();

    Task<Station?> Get();

    // Connection. A station that never registered is refused and noted for admission.
    Task<Admission> Authenticate(string? secret, string protocol, string remoteAddress);

    Task Connected(string linkId, string protocol);

    Task Disconnected(string linkId);

    // Facts from the station; at = when it happened, by the station's clock where it says so.
    Task Booted(string linkId, BootFact fact);

    /// <summary>Decides locally and at once whether the card may charge, and logs one card-scanned event per tap.</summary>
    Task<CardDecision> CardPresented(CardFact fact);

    Task SlotStatusReported(SlotStatusFact fact);

    /// <summary>
    /// Opens or continues the session, and logs the tap that led to it unless one already did: call <see cref="CardPresented"/>
    /// for Authorize and for card readers only. The same fact again gives the same answer
    /// (same slot, card, time and meter, or same transaction id).
    /// </summary>
    Task<ChargingStartedAnswer> ChargingStarted(ChargingStartedFact fact);

    Task MeterReported(MeterFact fact);

    /// <summary>Ends and prices the session, and logs the tap that stopped it, if one did. Null when no card was given.</summary>
    Task<CardDecision?> ChargingStopped(ChargingStoppedFact fact);

    /// <summary>Any other event a native station speaks: logged under its own type.</summary>
    Task Reported(string eventId, string type, Voltwright.Jq.JsonValue data, DateTimeOffset at);

    // The use case
    /// <summary>The session that the card had open at that moment, now if null.</summary>
    Task<Session?> FindSession(string cardId, DateTimeOffset? at);

    Task<Outcome<Lease>> AcquireSlot(string cardId, string? requestKey);

    /// <summary>Notes what the LED should show; what came of it follows by <see cref="LedReported"/>.</summary>
    Task<Outcome<Station>> SetLed(string led, LedState state);

    /// <param name="reached"><c>shown</c>, <c>unsupported</c> or <c>failed</c>.</param>
    Task LedReported(string led, string reached, string? problem);

    /// <summary>Notes that the slot should be locked or unlocked; the confirmation follows when the station answered.</summary>
    Task<Outcome<Station>> WantLock(int slot, bool locked);

    Task LockReported(int slot, bool locked, string? problem);

    Task<Outcome<Session>> WantStart(string sessionId);

    /// <summary>Gives a lease back; what charges is refused, what is over stays as it is.</summary>
    Task<Outcome<Session>> Release(string sessionId);

    Task<Outcome<Session>> WantEnd(string sessionId, string cause);

    Task<Outcome<Session>> GetSession(string sessionId);

    Task<Outcome<Session>> PaymentSettled(string sessionId, PaymentSummary payment);

    Task<Outcome<Ticket>> ReportIncident(IncidentReport report, string? requestKey);

    Task<Outcome<Ticket>> CloseTicket(string ticketId, string? resolution);

    /// <summary>A timer of the station's stream is due (lease expiry, LED duration, debounce).</summary>
    Task TimerDue(string name);
}
