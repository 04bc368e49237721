using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A fee from a time on.</summary>
public sealed record OverstayRule : Extensible
{
    public required RationalNumber OverstayFee { get; init; }
    [Text(32)] public string? OverstayRuleDescription { get; init; }
    public required int StartTime { get; init; }
    public required int OverstayFeePeriod { get; init; }
}
