using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>Brings new values of a dynamic profile. OCPP 2.1 part 2, block K.</summary>
public sealed record UpdateDynamicScheduleRequest : Extensible, IOcppRequest<UpdateDynamicScheduleResponse>
{
    public required int ChargingProfileId { get; init; }
    public required ChargingScheduleUpdate ScheduleUpdate { get; init; }
}

/// <summary>Answers <see cref="UpdateDynamicScheduleRequest"/>.</summary>
public sealed record UpdateDynamicScheduleResponse : Extensible
{
    public required ChargingProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
