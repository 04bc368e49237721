using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>What staying too long costs.</summary>
public sealed record OverstayRuleList : Extensible
{
    public RationalNumber? OverstayPowerThreshold { get; init; }
    [Items(1, 5)] public required IReadOnlyList<OverstayRule> OverstayRule { get; init; }
    public int? OverstayTimeThreshold { get; init; }
}
