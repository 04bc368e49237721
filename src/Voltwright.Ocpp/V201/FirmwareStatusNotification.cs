using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>How far a firmware update is. OCPP 2.0.1 part 2, block L.</summary>
public sealed record FirmwareStatusNotificationRequest : Extensible, IOcppRequest<FirmwareStatusNotificationResponse>
{
    public required FirmwareStatus Status { get; init; }
    public int? RequestId { get; init; }
    [Since21] public StatusInfo? StatusInfo { get; init; }
}

/// <summary>Answers <see cref="FirmwareStatusNotificationRequest"/>.</summary>
public sealed record FirmwareStatusNotificationResponse : Extensible;

public enum FirmwareStatus
{
    Downloaded,
    DownloadFailed,
    Downloading,
    DownloadScheduled,
    DownloadPaused,
    Idle,
    InstallationFailed,
    Installing,
    Installed,
    InstallRebooting,
    InstallScheduled,
    InstallVerificationFailed,
    InvalidSignature,
    SignatureVerified,
}
