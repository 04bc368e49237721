using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What a car can draw as direct current: A, V, W, Wh, percent.</summary>
public sealed record DCChargingParameters : Extensible
{
    [WholeUntil21] public required decimal EvMaxCurrent { get; init; }
    [WholeUntil21] public required decimal EvMaxVoltage { get; init; }
    [WholeUntil21] public decimal? EnergyAmount { get; init; }
    [WholeUntil21] public decimal? EvMaxPower { get; init; }
    [AtLeast(0), AtMost(100)] public int? StateOfCharge { get; init; }
    [WholeUntil21] public decimal? EvEnergyCapacity { get; init; }
    [AtLeast(0), AtMost(100)] public int? FullSoC { get; init; }
    [AtLeast(0), AtMost(100)] public int? BulkSoC { get; init; }
}
