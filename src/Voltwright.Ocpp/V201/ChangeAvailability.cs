using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>
/// Takes a connector, an EVSE or the station in or out of service, at the end of a running transaction at the latest. OCPP 2.0.1 part
/// 2, block G.
/// </summary>
public sealed record ChangeAvailabilityRequest : Extensible, IOcppRequest<ChangeAvailabilityResponse>
{
    /// <summary>Absent is the whole station.</summary>
    public EVSE? Evse { get; init; }

    public required OperationalStatus OperationalStatus { get; init; }
}

/// <summary>Answers <see cref="ChangeAvailabilityRequest"/>.</summary>
public sealed record ChangeAvailabilityResponse : Extensible
{
    public required ChangeAvailabilityStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ChangeAvailabilityStatus
{
    Accepted,
    Rejected,
    Scheduled,
}

public enum OperationalStatus
{
    Inoperative,
    Operative,
}
