using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>One step of a sales tariff.</summary>
public sealed record SalesTariffEntry : Extensible
{
    public required RelativeTimeInterval RelativeTimeInterval { get; init; }
    [AtLeast(0)] public int? EPriceLevel { get; init; }
    [Items(1, 3)] public IReadOnlyList<ConsumptionCost>? ConsumptionCost { get; init; }
}
