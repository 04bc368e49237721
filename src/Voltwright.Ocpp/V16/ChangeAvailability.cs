using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16;

/// <summary>Takes a connector, or the whole station, out of service or back. OCPP 1.6 §5.2, §6.7–6.8.</summary>
public sealed record ChangeAvailabilityRequest : IOcppRequest<ChangeAvailabilityResponse>
{
    /// <summary>0 is the station with all its connectors.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    public required AvailabilityType Type { get; init; }
}

/// <summary>Answers <see cref="ChangeAvailabilityRequest"/>.</summary>
public sealed record ChangeAvailabilityResponse
{
    /// <summary>Scheduled waits for the running transaction to end.</summary>
    public required AvailabilityStatus Status { get; init; }
}

public enum AvailabilityType
{
    Inoperative,
    Operative,
}

public enum AvailabilityStatus
{
    Accepted,
    Rejected,
    Scheduled,
}
