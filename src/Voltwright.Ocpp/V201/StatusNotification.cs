using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201;

/// <summary>The state of a connector. OCPP 2.0.1 part 2, block G.</summary>
public sealed record StatusNotificationRequest : Extensible, IOcppRequest<StatusNotificationResponse>
{
    public required DateTimeOffset Timestamp { get; init; }
    public required ConnectorStatus ConnectorStatus { get; init; }
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }
    [AtLeast(0, Only21 = true)] public required int ConnectorId { get; init; }
}

/// <summary>Answers <see cref="StatusNotificationRequest"/>.</summary>
public sealed record StatusNotificationResponse : Extensible;

public enum ConnectorStatus
{
    Available,
    Occupied,
    Reserved,
    Unavailable,
    Faulted,
}
