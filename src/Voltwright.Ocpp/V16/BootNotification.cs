using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// The station introduces itself after it started; until it is accepted it sends nothing else unasked. OCPP 1.6 §4.2,
/// §6.3–6.4.
/// </summary>
public sealed record BootNotificationRequest : IOcppRequest<BootNotificationResponse>
{
    [Text(25)] public string? ChargeBoxSerialNumber { get; init; }
    [Text(20)] public required string ChargePointModel { get; init; }
    [Text(25)] public string? ChargePointSerialNumber { get; init; }
    [Text(20)] public required string ChargePointVendor { get; init; }
    [Text(50)] public string? FirmwareVersion { get; init; }

    /// <summary>Identity of the modem's SIM card.</summary>
    [Text(20)] public string? Iccid { get; init; }

    /// <summary>Subscriber identity of the modem's SIM card.</summary>
    [Text(20)] public string? Imsi { get; init; }

    [Text(25)] public string? MeterSerialNumber { get; init; }
    [Text(25)] public string? MeterType { get; init; }
}

/// <summary>Answers <see cref="BootNotificationRequest"/>.</summary>
public sealed record BootNotificationResponse
{
    public required DateTimeOffset CurrentTime { get; init; }

    /// <summary>
    /// Seconds between heartbeats once accepted, else the least wait before the next BootNotification; 0 leaves it to the
    /// station.
    /// </summary>
    public required int Interval { get; init; }

    public required RegistrationStatus Status { get; init; }
}

public enum RegistrationStatus
{
    Accepted,
    Pending,
    Rejected,
}
