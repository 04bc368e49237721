using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// Asks the station to send one of its messages, those of the security extension included. OCPP 1.6 security whitepaper
/// §5.5–5.6.
/// </summary>
public sealed record ExtendedTriggerMessageRequest : IOcppRequest<ExtendedTriggerMessageResponse>
{
    public required ExtendedMessageTrigger RequestedMessage { get; init; }
    [AtLeast(1)] public int? ConnectorId { get; init; }
}

/// <summary>Answers <see cref="ExtendedTriggerMessageRequest"/>.</summary>
public sealed record ExtendedTriggerMessageResponse
{
    public required ExtendedTriggerMessageStatus Status { get; init; }
}

public enum ExtendedMessageTrigger
{
    BootNotification,
    LogStatusNotification,
    FirmwareStatusNotification,
    Heartbeat,
    MeterValues,
    SignChargePointCertificate,
    StatusNotification,
}

public enum ExtendedTriggerMessageStatus
{
    Accepted,
    Rejected,
    NotImplemented,
}
