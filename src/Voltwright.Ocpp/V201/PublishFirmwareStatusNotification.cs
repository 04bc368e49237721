using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>How far a local controller is with publishing firmware. OCPP 2.0.1 part 2, block L.</summary>
public sealed record PublishFirmwareStatusNotificationRequest : Extensible, IOcppRequest<PublishFirmwareStatusNotificationResponse>
{
    public required PublishFirmwareStatus Status { get; init; }
    [Items(1), Text(512, In21 = 2000)] public IReadOnlyList<string>? Location { get; init; }
    [AtLeast(0, Only21 = true)] public int? RequestId { get; init; }
    [Since21] public StatusInfo? StatusInfo { get; init; }
}

/// <summary>Answers <see cref="PublishFirmwareStatusNotificationRequest"/>.</summary>
public sealed record PublishFirmwareStatusNotificationResponse : Extensible;

public enum PublishFirmwareStatus
{
    Idle,
    DownloadScheduled,
    Downloading,
    Downloaded,
    Published,
    DownloadFailed,
    DownloadPaused,
    InvalidChecksum,
    ChecksumVerified,
    PublishFailed,
}
