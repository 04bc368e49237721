using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks the station for a message it would send by itself. OCPP 2.0.1 part 2, block F.</summary>
public sealed record TriggerMessageRequest : Extensible, IOcppRequest<TriggerMessageResponse>
{
    public EVSE? Evse { get; init; }
    public required MessageTrigger RequestedMessage { get; init; }
    [Since21, Text(50)] public string? CustomTrigger { get; init; }
}

/// <summary>Answers <see cref="TriggerMessageRequest"/>.</summary>
public sealed record TriggerMessageResponse : Extensible
{
    public required TriggerMessageStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum MessageTrigger
{
    BootNotification,
    LogStatusNotification,
    FirmwareStatusNotification,
    Heartbeat,
    MeterValues,
    SignChargingStationCertificate,
    SignV2GCertificate,
    [Since21] SignV2G20Certificate,
    StatusNotification,
    TransactionEvent,
    SignCombinedCertificate,
    PublishFirmwareStatusNotification,
    [Since21] CustomTrigger,
}

public enum TriggerMessageStatus
{
    Accepted,
    Rejected,
    NotImplemented,
}
