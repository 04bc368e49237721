using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V21;

/// <summary>The station asks for new values of a dynamic profile. OCPP 2.1 part 2, block K.</summary>
public sealed record PullDynamicScheduleUpdateRequest : Extensible, IOcppRequest<PullDynamicScheduleUpdateResponse>
{
    public required int ChargingProfileId { get; init; }
}

/// <summary>Answers <see cref="PullDynamicScheduleUpdateRequest"/>.</summary>
public sealed record PullDynamicScheduleUpdateResponse : Extensible
{
    public ChargingScheduleUpdate? ScheduleUpdate { get; init; }
    public required ChargingProfileStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
