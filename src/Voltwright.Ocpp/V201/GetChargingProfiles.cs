using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks for installed profiles; they follow as ReportChargingProfiles. OCPP 2.0.1 part 2, block K.</summary>
public sealed record GetChargingProfilesRequest : Extensible, IOcppRequest<GetChargingProfilesResponse>
{
    public required int RequestId { get; init; }
    [AtLeast(0, Only21 = true)] public int? EvseId { get; init; }
    public required ChargingProfileCriterion ChargingProfile { get; init; }
}

/// <summary>Answers <see cref="GetChargingProfilesRequest"/>.</summary>
public sealed record GetChargingProfilesResponse : Extensible
{
    public required GetChargingProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum GetChargingProfileStatus
{
    Accepted,
    NoProfiles,
}
