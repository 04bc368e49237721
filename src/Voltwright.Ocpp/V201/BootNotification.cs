using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>
/// The station introduces itself after it started; until it is accepted it sends nothing else unasked. OCPP 2.0.1 part 2, block B.
/// </summary>
public sealed record BootNotificationRequest : Extensible, IOcppRequest<BootNotificationResponse>
{
    public required ChargingStation ChargingStation { get; init; }
    public required BootReason Reason { get; init; }
}

/// <summary>Answers <see cref="BootNotificationRequest"/>.</summary>
public sealed record BootNotificationResponse : Extensible
{
    public required DateTimeOffset CurrentTime { get; init; }

    /// <summary>Seconds between heartbeats once accepted, else the least wait before the next BootNotification.</summary>
    public required int Interval { get; init; }

    public required RegistrationStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum BootReason
{
    ApplicationReset,
    FirmwareUpdate,
    LocalReset,
    PowerUp,
    RemoteReset,
    ScheduledReset,
    Triggered,
    Unknown,
    Watchdog,
}

public enum RegistrationStatus
{
    Accepted,
    Pending,
    Rejected,
}
