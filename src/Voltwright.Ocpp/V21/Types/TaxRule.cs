using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A tax, and what it applies to.</summary>
public sealed record TaxRule : Extensible
{
    [AtLeast(0)] public required int TaxRuleID { get; init; }
    [Text(100)] public string? TaxRuleName { get; init; }
    public bool? TaxIncludedInPrice { get; init; }
    public required bool AppliesToEnergyFee { get; init; }
    public required bool AppliesToParkingFee { get; init; }
    public required bool AppliesToOverstayFee { get; init; }
    public required bool AppliesToMinimumMaximumCost { get; init; }
    public required RationalNumber TaxRate { get; init; }
}
