namespace Voltwright.Ocpp.V201.Types;

/// <summary>One kind of cost.</summary>
public sealed record Cost : Extensible
{
    public required CostKind CostKind { get; init; }
    public required int Amount { get; init; }
    public int? AmountMultiplier { get; init; }
}

public enum CostKind
{
    CarbonDioxideEmission,
    RelativePricePercentage,
    RenewableGenerationPercentage,
}
