namespace Voltwright.Ocpp.V16.Types;

/// <summary>Periods with their limits. OCPP 1.6 §7.13.</summary>
public sealed record ChargingSchedule
{
    /// <summary>Seconds; absent lets the last period go on.</summary>
    public int? Duration { get; init; }

    public DateTimeOffset? StartSchedule { get; init; }
    public required ChargingRateUnitType ChargingRateUnit { get; init; }
    public required IReadOnlyList<ChargingSchedulePeriod> ChargingSchedulePeriod { get; init; }
    public decimal? MinChargingRate { get; init; }
}
