using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>Asks what all profiles of an EVSE come to. OCPP 2.0.1 part 2, block K.</summary>
public sealed record GetCompositeScheduleRequest : Extensible, IOcppRequest<GetCompositeScheduleResponse>
{
    /// <summary>Seconds.</summary>
    public required int Duration { get; init; }

    public ChargingRateUnit? ChargingRateUnit { get; init; }

    /// <summary>0 is the station as a whole.</summary>
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }
}

/// <summary>Answers <see cref="GetCompositeScheduleRequest"/>.</summary>
public sealed record GetCompositeScheduleResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
    public CompositeSchedule? Schedule { get; init; }
}
