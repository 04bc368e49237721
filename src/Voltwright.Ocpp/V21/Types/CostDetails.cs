using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>What a transaction cost, and how that came about.</summary>
public sealed record CostDetails : Extensible
{
    [Items(1)] public IReadOnlyList<ChargingPeriod>? ChargingPeriods { get; init; }
    public required TotalCost TotalCost { get; init; }
    public required TotalUsage TotalUsage { get; init; }
    public bool? FailureToCalculate { get; init; }
    [Text(500)] public string? FailureReason { get; init; }
}
