using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Ocpp.V16;

/// <summary>Installs a charging profile. OCPP 1.6 §5.16, §6.43–6.44.</summary>
public sealed record SetChargingProfileRequest : IOcppRequest<SetChargingProfileResponse>
{
    /// <summary>0 is the station as a whole.</summary>
    [AtLeast(0)] public required int ConnectorId { get; init; }

    public required ChargingProfile CsChargingProfiles { get; init; }
}

/// <summary>Answers <see cref="SetChargingProfileRequest"/>.</summary>
public sealed record SetChargingProfileResponse
{
    public required ChargingProfileStatus Status { get; init; }
}

public enum ChargingProfileStatus
{
    Accepted,
    Rejected,
    NotSupported,
}
