namespace Voltwright.Ocpp.V16;

/// <summary>Reports how the upload of a log goes. OCPP 1.6 security whitepaper §5.13–5.14.</summary>
public sealed record LogStatusNotificationRequest : IOcppRequest<LogStatusNotificationResponse>
{
    public required UploadLogStatus Status { get; init; }
    public int? RequestId { get; init; }
}

/// <summary>Answers <see cref="LogStatusNotificationRequest"/>.</summary>
public sealed record LogStatusNotificationResponse;

public enum UploadLogStatus
{
    BadMessage,
    Idle,
    NotSupportedOperation,
    PermissionDenied,
    Uploaded,
    UploadFailure,
    Uploading,
}
