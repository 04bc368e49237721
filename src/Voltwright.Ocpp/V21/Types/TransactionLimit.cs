using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Where a transaction ends: cost, kWh, seconds, percent.</summary>
public sealed record TransactionLimit : Extensible
{
    public decimal? MaxCost { get; init; }
    public decimal? MaxEnergy { get; init; }
    public int? MaxTime { get; init; }
    [AtLeast(0), AtMost(100)] public int? MaxSoC { get; init; }
}
