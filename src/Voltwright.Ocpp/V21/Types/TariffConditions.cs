using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>When a price holds.</summary>
public sealed record TariffConditions : Extensible
{
    public string? StartTimeOfDay { get; init; }
    public string? EndTimeOfDay { get; init; }
    [Items(1, 7)] public IReadOnlyList<DayOfWeek>? DayOfWeek { get; init; }
    public string? ValidFromDate { get; init; }
    public string? ValidToDate { get; init; }
    public EvseKind? EvseKind { get; init; }
    public decimal? MinEnergy { get; init; }
    public decimal? MaxEnergy { get; init; }
    public decimal? MinCurrent { get; init; }
    public decimal? MaxCurrent { get; init; }
    public decimal? MinPower { get; init; }
    public decimal? MaxPower { get; init; }
    public int? MinTime { get; init; }
    public int? MaxTime { get; init; }
    public int? MinChargingTime { get; init; }
    public int? MaxChargingTime { get; init; }
    public int? MinIdleTime { get; init; }
    public int? MaxIdleTime { get; init; }
}
