using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices for a time, seconds.</summary>
public sealed record EVAbsolutePriceScheduleEntry : Extensible
{
    public required int Duration { get; init; }
    [Items(1, 8)] public required IReadOnlyList<EVPriceRule> EvPriceRule { get; init; }
}
