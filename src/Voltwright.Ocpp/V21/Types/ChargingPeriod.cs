using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A part of a transaction over which the same prices hold.</summary>
public sealed record ChargingPeriod : Extensible
{
    [Items(1)] public IReadOnlyList<CostDimension>? Dimensions { get; init; }
    [Text(60)] public string? TariffId { get; init; }
    public required DateTimeOffset StartPeriod { get; init; }
}
