using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Removes charging profiles, by id or by what they have in common. OCPP 2.0.1 part 2, block K.</summary>
public sealed record ClearChargingProfileRequest : Extensible, IOcppRequest<ClearChargingProfileResponse>
{
    public int? ChargingProfileId { get; init; }
    public ClearChargingProfile? ChargingProfileCriteria { get; init; }
}

/// <summary>Answers <see cref="ClearChargingProfileRequest"/>.</summary>
public sealed record ClearChargingProfileResponse : Extensible
{
    public required ClearChargingProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}

public enum ClearChargingProfileStatus
{
    Accepted,
    Unknown,
}
