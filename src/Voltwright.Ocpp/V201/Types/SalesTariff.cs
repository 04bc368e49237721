using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Price levels over time, by ISO 15118-2.</summary>
public sealed record SalesTariff : Extensible
{
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    [Text(32)] public string? SalesTariffDescription { get; init; }
    [AtLeast(0, Only21 = true)] public int? NumEPriceLevels { get; init; }
    [Items(1, 1024)] public required IReadOnlyList<SalesTariffEntry> SalesTariffEntry { get; init; }
}
