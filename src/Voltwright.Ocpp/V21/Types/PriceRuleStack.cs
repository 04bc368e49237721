using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>Price rules for a time, seconds.</summary>
public sealed record PriceRuleStack : Extensible
{
    public required int Duration { get; init; }
    [Items(1, 8)] public required IReadOnlyList<PriceRule> PriceRule { get; init; }
}
