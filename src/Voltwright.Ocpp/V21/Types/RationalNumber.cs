namespace Voltwright.Ocpp.V21.Types;

/// <summary>value × 10^exponent.</summary>
public sealed record RationalNumber : Extensible
{
    public required int Exponent { get; init; }
    public required int Value { get; init; }
}
