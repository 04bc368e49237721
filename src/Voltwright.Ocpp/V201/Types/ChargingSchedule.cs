using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Periods with their limits.</summary>
public sealed record ChargingSchedule : Extensible
{
    public required int Id { get; init; }
    public DateTimeOffset? StartSchedule { get; init; }

    /// <summary>Seconds; absent lets the last period go on.</summary>
    public int? Duration { get; init; }

    public required ChargingRateUnit ChargingRateUnit { get; init; }
    [Items(1, 1024)] public required IReadOnlyList<ChargingSchedulePeriod> ChargingSchedulePeriod { get; init; }
    public decimal? MinChargingRate { get; init; }
    public SalesTariff? SalesTariff { get; init; }
    [Since21] public LimitAtSoC? LimitAtSoC { get; init; }
    [Since21] public decimal? PowerTolerance { get; init; }
    [Since21, AtLeast(0)] public int? SignatureId { get; init; }
    [Since21, Text(88)] public string? DigestValue { get; init; }
    [Since21] public bool? UseLocalTime { get; init; }
    [Since21, AtLeast(0)] public int? RandomizedDelay { get; init; }
    [Since21] public AbsolutePriceSchedule? AbsolutePriceSchedule { get; init; }
    [Since21] public PriceLevelSchedule? PriceLevelSchedule { get; init; }
}
