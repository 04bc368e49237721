namespace Voltwright.Tariffs;

/// <summary>What a session costs. Unit prices are in minor units of the currency (cents), before tax, and may have fractions.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed partial record Tariff
{
    public string Id { get; init; } = DefaultId;

    /// <summary>Counts the changes of this tariff; a session tells which one it was priced by.</summary>
    public long Version { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public decimal PerKwh { get; init; }

    /// <summary>For each minute of charging; idle minutes are not charging.</summary>
    public decimal PerMinute { get; init; }

    /// <summary>Once, when charging began.</summary>
    public long SessionFee { get; init; }

    /// <summary>For each minute in which the car was plugged and took nothing.</summary>
    public decimal IdlePerMinute { get; init; }

    /// <summary>The least that a session with energy costs, before tax.</summary>
    public long Minimum { get; init; }

    public decimal TaxPercent { get; init; }

    public const string DefaultId = "default";

    /// <summary>In force where no tariff is set: a session costs nothing.</summary>
    public static Tariff Free { get; } = new() { Currency = "EUR" };
}
