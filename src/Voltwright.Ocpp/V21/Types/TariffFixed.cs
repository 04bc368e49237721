using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices once per transaction.</summary>
public sealed record TariffFixed : Extensible
{
    [Items(1)] public required IReadOnlyList<TariffFixedPrice> Prices { get; init; }
    [Items(1, 5)] public IReadOnlyList<TaxRate>? TaxRates { get; init; }
}
