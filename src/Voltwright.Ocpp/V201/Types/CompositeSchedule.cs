using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What all profiles come to.</summary>
public sealed record CompositeSchedule : Extensible
{
    [Items(1)] public required IReadOnlyList<ChargingSchedulePeriod> ChargingSchedulePeriod { get; init; }
    [AtLeast(0, Only21 = true)] public required int EvseId { get; init; }
    public required int Duration { get; init; }
    public required DateTimeOffset ScheduleStart { get; init; }
    public required ChargingRateUnit ChargingRateUnit { get; init; }
}
