using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price with and without tax.</summary>
public sealed record Price : Extensible
{
    public decimal? ExclTax { get; init; }
    public decimal? InclTax { get; init; }
    [Items(1, 5)] public IReadOnlyList<TaxRate>? TaxRates { get; init; }
}
