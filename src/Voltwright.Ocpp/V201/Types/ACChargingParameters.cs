using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What a car can draw as alternating current: Wh, A, V.</summary>
public sealed record ACChargingParameters : Extensible
{
    [WholeUntil21] public required decimal EnergyAmount { get; init; }
    [WholeUntil21] public required decimal EvMinCurrent { get; init; }
    [WholeUntil21] public required decimal EvMaxCurrent { get; init; }
    [WholeUntil21] public required decimal EvMaxVoltage { get; init; }
}
