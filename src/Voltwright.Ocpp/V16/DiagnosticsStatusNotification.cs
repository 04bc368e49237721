namespace Voltwright.Ocpp.V16;

/// <summary>Reports how the upload of diagnostics goes. OCPP 1.6 §4.4, §6.17–6.18.</summary>
public sealed record DiagnosticsStatusNotificationRequest : IOcppRequest<DiagnosticsStatusNotificationResponse>
{
    public required DiagnosticsStatus Status { get; init; }
}

/// <summary>Answers <see cref="DiagnosticsStatusNotificationRequest"/>.</summary>
public sealed record DiagnosticsStatusNotificationResponse;

public enum DiagnosticsStatus
{
    Idle,
    Uploaded,
    UploadFailed,
    Uploading,
}
