namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price per minute.</summary>
public sealed record TariffTimePrice : Extensible
{
    public required decimal PriceMinute { get; init; }
    public TariffConditions? Conditions { get; init; }
}
