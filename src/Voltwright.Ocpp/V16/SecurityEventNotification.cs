using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Reports an event of the station's security log. OCPP 1.6 security whitepaper §5.15–5.16.</summary>
public sealed record SecurityEventNotificationRequest : IOcppRequest<SecurityEventNotificationResponse>
{
    [Text(50)] public required string Type { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    [Text(255)] public string? TechInfo { get; init; }
}

/// <summary>Answers <see cref="SecurityEventNotificationRequest"/>.</summary>
public sealed record SecurityEventNotificationResponse;
