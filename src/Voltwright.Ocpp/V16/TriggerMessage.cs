using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Asks the station to send one of its messages. OCPP 1.6 §5.17, §6.51–6.52.</summary>
public sealed record TriggerMessageRequest : IOcppRequest<TriggerMessageResponse>
{
    public required MessageTrigger RequestedMessage { get; init; }
    [AtLeast(1)] public int? ConnectorId { get; init; }
}

/// <summary>Answers <see cref="TriggerMessageRequest"/>.</summary>
public sealed record TriggerMessageResponse
{
    public required TriggerMessageStatus Status { get; init; }
}

public enum MessageTrigger
{
    BootNotification,
    DiagnosticsStatusNotification,
    FirmwareStatusNotification,
    Heartbeat,
    MeterValues,
    StatusNotification,
}

public enum TriggerMessageStatus
{
    Accepted,
    Rejected,
    NotImplemented,
}
