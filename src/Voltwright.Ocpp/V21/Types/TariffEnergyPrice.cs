namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price per kWh.</summary>
public sealed record TariffEnergyPrice : Extensible
{
    public required decimal PriceKwh { get; init; }
    public TariffConditions? Conditions { get; init; }
}
