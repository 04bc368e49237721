using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>How far the upload of a log is. OCPP 2.0.1 part 2, block N.</summary>
public sealed record LogStatusNotificationRequest : Extensible, IOcppRequest<LogStatusNotificationResponse>
{
    public required UploadLogStatus Status { get; init; }
    public int? RequestId { get; init; }
    [Since21] public StatusInfo? StatusInfo { get; init; }
}

/// <summary>Answers <see cref="LogStatusNotificationRequest"/>.</summary>
public sealed record LogStatusNotificationResponse : Extensible;

public enum UploadLogStatus
{
    BadMessage,
    Idle,
    NotSupportedOperation,
    PermissionDenied,
    Uploaded,
    UploadFailure,
    Uploading,
    AcceptedCanceled,
}
