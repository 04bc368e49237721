using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices of time.</summary>
public sealed record TariffTime : Extensible
{
    [Items(1)] public required IReadOnlyList<TariffTimePrice> Prices { get; init; }
    [Items(1, 5)] public IReadOnlyList<TaxRate>? TaxRates { get; init; }
}
