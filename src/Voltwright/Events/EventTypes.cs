namespace Voltwright.Events;

/// <summary>The CloudEvent types that stations, sessions and the shipped workflows use.</summary>
public static class EventTypes
{
    public const string StationPrefix = "com.ev-power-supplier.charging-station.";
    public const string SessionPrefix = "com.ev-power-supplier.session.";
    public const string PaymentPrefix = "com.ev-power-supplier.payment.";

    public const string CardScanned = StationPrefix + "card-scanned.v1";

    /// <summary>A tap that was turned away: the card is not good, or no slot was free. No workflow starts from it.</summary>
    public const string CardRefused = StationPrefix + "card-refused.v1";
    public const string Faulted = StationPrefix + "faulted.v1";
    public const string Recovered = StationPrefix + "recovered.v1";
    public const string SlotStatus = StationPrefix + "slot-status.v1";
    public const string ChargingStarted = StationPrefix + "charging-started.v1";
    public const string MeterValues = StationPrefix + "meter-values.v1";
    public const string ChargingStopped = StationPrefix + "charging-stopped.v1";
    public const string Booted = StationPrefix + "booted.v1";
    public const string Connected = StationPrefix + "connected.v1";
    public const string Disconnected = StationPrefix + "disconnected.v1";
    public const string CertificateRequested = StationPrefix + "certificate-requested.v1";
    public const string ReservationPrefix = StationPrefix + "reservation-";
    public const string FirmwareStatus = StationPrefix + "firmware-status.v1";
    public const string LogStatus = StationPrefix + "log-status.v1";
    /// <summary>Not connected for longer than a line is lost now and then.</summary>
    public const string Offline = StationPrefix + "offline.v1";

    /// <summary>Back after it was told to be offline.</summary>
    public const string Online = StationPrefix + "online.v1";

    /// <summary>It was put at another site, at one, or at none.</summary>
    public const string SiteChanged = StationPrefix + "site-changed.v1";
    public const string DataTransfer = StationPrefix + "data-transfer.v1";
    public const string DoorOpened = StationPrefix + "door-opened.v1";

    public const string NotifiedSessionStarted = StationPrefix + "session-started.v1";
    public const string NotifiedSessionEnded = StationPrefix + "session-ended.v1";
    public const string NotifiedOutOfOrder = StationPrefix + "out-of-order.v1";

    /// <summary>A provider holds an amount for a charge.</summary>
    public const string PaymentHeld = PaymentPrefix + "held.v1";

    /// <summary>What was held is given back, nothing of it was taken.</summary>
    public const string PaymentReleased = PaymentPrefix + "released.v1";

    /// <summary>Some or all of what was taken is given back.</summary>
    public const string PaymentRefunded = PaymentPrefix + "refunded.v1";

    public const string SessionLeased = SessionPrefix + "leased.v1";
    public const string SessionStarted = SessionPrefix + "started.v1";
    public const string SessionCharging = SessionPrefix + "charging.v1";
    public const string SessionEnded = SessionPrefix + "ended.v1";
    public const string SessionPaid = SessionPrefix + "paid.v1";
    public const string SessionUnpaid = SessionPrefix + "unpaid.v1";
    public const string SessionExpired = SessionPrefix + "expired.v1";
}
