using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Installs a charging profile. OCPP 2.0.1 part 2, block K.</summary>
public sealed record SetChargingProfileRequest : Extensible, IOcppRequest<SetChargingProfileResponse>
{
    /// <summary>0 is the station as a whole.</summary>
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }

    public required ChargingProfile ChargingProfile { get; init; }
}

/// <summary>Answers <see cref="SetChargingProfileRequest"/>.</summary>
public sealed record SetChargingProfileResponse : Extensible
{
    public required ChargingProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
