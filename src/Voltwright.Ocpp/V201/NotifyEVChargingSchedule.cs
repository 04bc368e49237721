using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Ocpp.V201;

/// <summary>What a car intends to draw, by ISO 15118. OCPP 2.0.1 part 2, block K.</summary>
public sealed record NotifyEVChargingScheduleRequest : Extensible, IOcppRequest<NotifyEVChargingScheduleResponse>
{
    public required DateTimeOffset TimeBase { get; init; }
    public required ChargingSchedule ChargingSchedule { get; init; }
    [AtLeast(1, Only21 = true)] public required int EvseId { get; init; }
    [Since21, AtLeast(0)] public int? SelectedChargingScheduleId { get; init; }
    [Since21] public bool? PowerToleranceAcceptance { get; init; }
}

/// <summary>Answers <see cref="NotifyEVChargingScheduleRequest"/>.</summary>
public sealed record NotifyEVChargingScheduleResponse : Extensible
{
    public required GenericStatus Status { get; init; }
    public StatusInfo? StatusInfo { get; init; }
}
