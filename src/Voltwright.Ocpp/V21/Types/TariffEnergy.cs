using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices of energy.</summary>
public sealed record TariffEnergy : Extensible
{
    [Items(1)] public required IReadOnlyList<TariffEnergyPrice> Prices { get; init; }
    [Items(1, 5)] public IReadOnlyList<TaxRate>? TaxRates { get; init; }
}
