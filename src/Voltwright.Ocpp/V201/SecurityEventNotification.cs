using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>Something that concerns security happened. OCPP 2.0.1 part 2, block A.</summary>
public sealed record SecurityEventNotificationRequest : Extensible, IOcppRequest<SecurityEventNotificationResponse>
{
    [Text(50)] public required string Type { get; init; }
    public required DateTimeOffset Timestamp { get; init; }
    [Text(255)] public string? TechInfo { get; init; }
}

/// <summary>Answers <see cref="SecurityEventNotificationRequest"/>.</summary>
public sealed record SecurityEventNotificationResponse : Extensible;
