namespace Voltwright.Stations;

/// <param name="Secret">In clear here and nowhere else: only its hash is kept.</param>
[GenerateSerializer, Immutable]
public sealed record StationRegistration(
    string Id, string Protocol, int Slots, string? Secret, string? Name = null, int? SecurityProfile = null,
    string? SiteId = null);

/// <param name="SiteId">Empty takes it out of its site.</param>
[GenerateSerializer, Immutable]
public sealed record StationChange(
    string? Name, string? Protocol, int? Slots, int? SecurityProfile = null, string? SiteId = null, Registration? Registration = null);

[GenerateSerializer, Immutable]
public sealed record BootFact(string? Vendor, string? Model, string? Serial, string? Firmware);

/// <param name="Cause">
/// <c>authorize</c>, <c>start-check</c>, <c>start-transaction</c>, <c>stop-transaction</c>, <c>reader</c>, <c>driver-page</c> or <c>limit</c>.
/// </param>
/// <param name="AlreadyHappened">The station has acted on the tap by itself.</param>
/// <param name="EventId">The station's own id of the event, when it speaks CloudEvents: the same id is the same tap.</param>
[GenerateSerializer, Immutable]
public sealed record CardFact(string CardId, int? Slot, string Cause, bool AlreadyHappened, DateTimeOffset At, string? EventId = null)
{
    /// <summary>The cause of a card that was held to the station before anything else happened.</summary>
    public const string Authorize = "authorize";

    /// <summary>Nobody tapped: the station asks about the card of a start, or of a reservation, that it was ordered.</summary>
    public const string StartCheck = "start-check";

    /// <summary>The cause of a card that was entered on the driver's page.</summary>
    public const string OnPage = "driver-page";

    /// <summary>The cause of a tap that nobody made: what is held for the charge is used up.</summary>
    public const string AtLimit = "limit";
}

/// <param name="Status">
/// available, preparing, charging, suspended (by the car: it is full or waits), suspended-by-station, finishing, reserved,
/// unavailable or faulted.
/// </param>
/// <param name="Slot">Null means the station as a whole.</param>
/// <param name="Error">The station's error code; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record SlotStatusFact(
    int? Slot, string Status, string? Error, string? Info, string? VendorCode, DateTimeOffset At, bool? Locked = null,
    string? EventId = null);

/// <param name="Slot">0 when the station did not say.</param>
/// <param name="CardId">Null when nobody has presented a card yet: the session begins with the same transaction's first card.</param>
/// <param name="MeterStartWh">Null when the station did not say: the first reading counts.</param>
/// <param name="TransactionId">The station's own; null when the management system assigns it (OCPP 1.6).</param>
/// <param name="SessionId">Known when the station was asked to start this session.</param>
[GenerateSerializer, Immutable]
public sealed record ChargingStartedFact(
    int Slot, string? CardId, long? MeterStartWh, DateTimeOffset At, string? TransactionId = null, string? SessionId = null);

/// <param name="TransactionNumber">The number a 1.6 station calls the transaction by.</param>
[GenerateSerializer, Immutable]
public sealed record ChargingStartedAnswer(CardDecision Decision, string? SessionId, int TransactionNumber);

/// <param name="Slot">0 when the station did not say.</param>
[GenerateSerializer, Immutable]
public sealed record MeterFact(int Slot, string? TransactionId, IReadOnlyList<MeterSample> Samples, string? SessionId = null);

/// <param name="EnergyWh">The slot's energy register; null when the sample has none.</param>
[GenerateSerializer, Immutable]
public sealed record MeterSample(DateTimeOffset At, long? EnergyWh, long? PowerW);

/// <param name="Reason">Local, Remote, EVDisconnected, PowerLoss, … as the station says.</param>
/// <param name="MeterStopWh">Null when the station did not say: the last reading counts.</param>
/// <param name="CardId">The card that stopped it, if one did.</param>
[GenerateSerializer, Immutable]
public sealed record ChargingStoppedFact(
    string? TransactionId, int? Slot, string? SessionId, long? MeterStopWh, DateTimeOffset At, string? Reason, string? CardId,
    IReadOnlyList<MeterSample>? Samples = null);

/// <summary>May this card charge? Decided from local state, within milliseconds.</summary>
[GenerateSerializer]
public enum CardDecision
{
    Accepted,
    Blocked,
    Expired,
    Unknown,

    /// <summary>The card already has a session elsewhere.</summary>
    ConcurrentSession,
}

/// <param name="Remedy">What the operator or installer can do; null when admitted.</param>
[GenerateSerializer, Immutable]
public sealed record Admission(bool Admitted, string Reason, string? Remedy = null);

/// <param name="SessionId">The session it is shown for: it goes dark with it. Null: shown until something else is.</param>
[GenerateSerializer, Immutable]
public sealed record LedState(string Action, string? Color, int? DurationMs, string? SessionId = null);

/// <param name="Status"><c>taken</c> or <c>refused</c>.</param>
/// <param name="Refunded">How much was given back, in minor units; null when nothing was.</param>
[GenerateSerializer, Immutable]
public sealed record PaymentSummary(string Id, string Status, long Amount, string Currency, long? Refunded = null);

/// <param name="Error">As the event's data carried it: code, info, vendorCode.</param>
[GenerateSerializer, Immutable]
public sealed record IncidentReport(int? Slot, string? Code, string? Info, string? VendorCode, string? SessionId = null);
