namespace Voltwright.Ocpp.V16;

/// <summary>Reports how a signed firmware update goes. OCPP 1.6 security whitepaper §5.19–5.20.</summary>
public sealed record SignedFirmwareStatusNotificationRequest : IOcppRequest<SignedFirmwareStatusNotificationResponse>
{
    public required SignedFirmwareStatus Status { get; init; }
    public int? RequestId { get; init; }
}

/// <summary>Answers <see cref="SignedFirmwareStatusNotificationRequest"/>.</summary>
public sealed record SignedFirmwareStatusNotificationResponse;

public enum SignedFirmwareStatus
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
