namespace Voltwright.Ocpp.V16;

/// <summary>Reports how an unsigned firmware update goes. OCPP 1.6 §4.5, §6.19–6.20.</summary>
public sealed record FirmwareStatusNotificationRequest : IOcppRequest<FirmwareStatusNotificationResponse>
{
    public required FirmwareStatus Status { get; init; }
}

/// <summary>Answers <see cref="FirmwareStatusNotificationRequest"/>.</summary>
public sealed record FirmwareStatusNotificationResponse;

public enum FirmwareStatus
{
    Downloaded,
    DownloadFailed,
    Downloading,
    Idle,
    InstallationFailed,
    Installing,
    Installed,
}
