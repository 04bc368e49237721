namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price once per transaction.</summary>
public sealed record TariffFixedPrice : Extensible
{
    public TariffConditionsFixed? Conditions { get; init; }
    public required decimal PriceFixed { get; init; }
}
