using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices that a car offers energy at.</summary>
public sealed record EVAbsolutePriceSchedule : Extensible
{
    public required DateTimeOffset TimeAnchor { get; init; }
    [Text(3)] public required string Currency { get; init; }
    [Items(1, 1024)] public required IReadOnlyList<EVAbsolutePriceScheduleEntry> EvAbsolutePriceScheduleEntries { get; init; }
    [Text(2000)] public required string PriceAlgorithm { get; init; }
}
