using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>A connector or the station changed its status or reports an error. OCPP 1.6 §4.9, §6.47–6.48.</summary>
public sealed record StatusNotificationRequest : IOcppRequest<StatusNotificationResponse>
{
    /// <summary>0 is the station itself.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    public required ChargePointErrorCode ErrorCode { get; init; }
    [Text(50)] public string? Info { get; init; }
    public required ChargePointStatus Status { get; init; }

    /// <summary>Absent means the time of receipt.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    [Text(255)] public string? VendorId { get; init; }
    [Text(50)] public string? VendorErrorCode { get; init; }
}

/// <summary>Answers <see cref="StatusNotificationRequest"/>.</summary>
public sealed record StatusNotificationResponse;
