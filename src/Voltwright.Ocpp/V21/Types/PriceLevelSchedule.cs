using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Price levels over time, without amounts.</summary>
public sealed record PriceLevelSchedule : Extensible
{
    [Items(1, 100)] public required IReadOnlyList<PriceLevelScheduleEntry> PriceLevelScheduleEntries { get; init; }
    public required DateTimeOffset TimeAnchor { get; init; }
    [AtLeast(0)] public required int PriceScheduleId { get; init; }
    [Text(32)] public string? PriceScheduleDescription { get; init; }
    [AtLeast(0)] public required int NumberOfPriceLevels { get; init; }
}
