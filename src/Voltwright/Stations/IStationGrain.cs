using Voltwright.Certificates;
using Voltwright.Gateway.Vendors;
using Voltwright.Reservations;
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

    /// <summary>Lets the station in by this secret too; the one it has is forgotten when it first uses this one.</summary>
    Task<Outcome<Station>> OfferSecret(string secret);

    /// <summary>The station did not take the secret that it was offered.</summary>
    Task WithdrawSecret();

    Task<Outcome<Station>> Remove();

    Task<Station?> Get();

    /// <summary>The station's clock minus ours, by its newest messages; null when it said no time yet.</summary>
    Task<TimeSpan?> ClockDrift();

    // Connection. A station that never registered is refused and noted for admission.
    Task<Admission> Authenticate(Introduction shown);

    Task Connected(string linkId, string protocol);

    Task Disconnected(string linkId);

    // Facts from the station; at = when it happened, by the station's clock where it says so.
    Task Booted(string linkId, BootFact fact);

    /// <summary>Decides locally and at once whether the card may charge, and logs one card-scanned event per tap.</summary>
    Task<CardDecision> CardPresented(CardFact fact);

    /// <summary>The same for a card that was entered on the driver's page; a card that has a session here begins no other.</summary>
    /// <param name="ends">The session that it is to end, nothing if that is over; null to begin one.</param>
    Task<CardDecision> CardEntered(CardFact fact, string? ends);

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

    /// <summary>
    /// The station made a key and wants a certificate for it. What is signed is brought to it as soon as it listens.
    /// </summary>
    /// <param name="csr">PKCS #10 as PEM.</param>
    /// <param name="use"><c>station</c> or <c>v2g</c>.</param>
    /// <param name="requestId">What the station calls the request by; null where its version has no word for it.</param>
    Task<CertificateAnswer> CertificateRequested(string csr, string use, int? requestId);

    /// <summary>What a vendor added to the protocol: logged, and answered by whoever understands it.</summary>
    Task<VendorAnswer> DataReceived(string vendorId, string? messageId, Voltwright.Jq.JsonValue data);

    /// <param name="requestId">Null where the version has no word for it: it is about the newest update.</param>
    Task FirmwareReported(int? requestId, string status);

    /// <param name="requestId">Null where the version has no word for it: it is about the newest transfer.</param>
    Task LogReported(int? requestId, string status);

    /// <summary>Any other event a native station speaks: logged under its own type.</summary>
    Task Reported(string eventId, string type, Voltwright.Jq.JsonValue data, DateTimeOffset at);

    // The use case
    /// <summary>The session that the card had open at that moment, now if null.</summary>
    Task<Session?> FindSession(string cardId, DateTimeOffset? at);

    /// <param name="at">The tap it is for: when that has led to a session that is over already, the answer is that one and no slot is taken.</param>
    Task<Outcome<Lease>> AcquireSlot(string cardId, string? requestKey, DateTimeOffset? at = null);

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

    /// <summary>Keeps a slot for a card; the station is told outside.</summary>
    Task<Outcome<Reservation>> Reserve(ReservationWish wish, string? requestKey);

    Task<Outcome<Reservation>> CancelReservation(string reservationId);

    /// <param name="told">The revision that the station was told.</param>
    /// <param name="reached">What came of telling the station: <c>confirmed</c>, <c>unsupported</c> or <c>failed</c>.</param>
    Task<Outcome<Reservation>> ReservationReached(string reservationId, int told, string reached, string? problem);

    /// <summary>The station says that a reservation is over: expired, or given up.</summary>
    /// <param name="number">What the station calls it by.</param>
    Task ReservationReported(int number, bool expired);

    /// <summary>In or out of service, now or as planned; the station is told outside.</summary>
    Task<Outcome<Station>> SetAvailability(AvailabilityWish wish);

    /// <param name="told">When what the station was told was wanted.</param>
    Task AvailabilityReached(int? slot, DateTimeOffset told, string reached, string? problem);

    /// <summary>A timer of the station's stream is due (lease expiry, LED duration, debounce).</summary>
    Task TimerDue(string name);
}
