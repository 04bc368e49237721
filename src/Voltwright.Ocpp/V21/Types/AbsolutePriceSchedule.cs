using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Prices over time in a currency, by ISO 15118-20.</summary>
public sealed record AbsolutePriceSchedule : Extensible
{
    public required DateTimeOffset TimeAnchor { get; init; }
    [AtLeast(0)] public required int PriceScheduleID { get; init; }
    [Text(160)] public string? PriceScheduleDescription { get; init; }
    [Text(3)] public required string Currency { get; init; }
    [Text(8)] public required string Language { get; init; }
    [Text(2000)] public required string PriceAlgorithm { get; init; }
    public RationalNumber? MinimumCost { get; init; }
    public RationalNumber? MaximumCost { get; init; }
    [Items(1, 1024)] public required IReadOnlyList<PriceRuleStack> PriceRuleStacks { get; init; }
    [Items(1, 10)] public IReadOnlyList<TaxRule>? TaxRules { get; init; }
    public OverstayRuleList? OverstayRuleList { get; init; }
    [Items(1, 5)] public IReadOnlyList<AdditionalSelectedServices>? AdditionalSelectedServices { get; init; }
}
