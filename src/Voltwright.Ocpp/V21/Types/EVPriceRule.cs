namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price from a power on.</summary>
public sealed record EVPriceRule : Extensible
{
    public required decimal EnergyFee { get; init; }
    public required decimal PowerRangeStart { get; init; }
}
