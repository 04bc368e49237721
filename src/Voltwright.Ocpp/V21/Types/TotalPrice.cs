namespace Voltwright.Ocpp.V21.Types;

/// <summary>An amount with and without tax.</summary>
public sealed record TotalPrice : Extensible
{
    public decimal? ExclTax { get; init; }
    public decimal? InclTax { get; init; }
}
