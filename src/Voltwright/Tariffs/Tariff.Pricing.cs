using System.Collections.Immutable;

namespace Voltwright.Tariffs;

public sealed partial record Tariff
{
    /// <summary>
    /// Prices a session. Each line is rounded half away from zero to a minor unit, from the exact quantity; the tax is taken on
    /// the sum of the rounded lines, so a bill can be checked by adding it up.
    /// </summary>
    public Price Bill(Usage usage)
    {
        if (!usage.ChargingBegan)
            return new(0, Currency, []);

        var lines = ImmutableArray.CreateBuilder<PriceLine>();
        lines.Add(new("energy", usage.EnergyWh / 1000m, "kWh", PerKwh, Round(usage.EnergyWh * PerKwh / 1000)));
        if (PerMinute != 0)
            lines.Add(Minutes("time", usage.ChargingSeconds, PerMinute));
        if (IdlePerMinute != 0 && usage.IdleSeconds > 0)
            lines.Add(Minutes("idle", usage.IdleSeconds, IdlePerMinute));
        if (SessionFee != 0)
            lines.Add(new("session-fee", 1, "session", SessionFee, SessionFee));

        var net = lines.Sum(l => l.Amount);
        if (net < Minimum && usage.EnergyWh > 0)
        {
            lines.Add(new("minimum", 1, "session", Minimum, Minimum - net));
            net = Minimum;
        }

        if (TaxPercent != 0)
            lines.Add(new("tax", TaxPercent, "percent", net / 100m, Round(net * TaxPercent / 100)));
        return new(lines.Sum(l => l.Amount), Currency, lines.ToImmutable());
    }

    /// <summary>Whatever is used, it costs nothing.</summary>
    public bool IsFree() => PerKwh == 0 && PerMinute == 0 && SessionFee == 0 && IdlePerMinute == 0 && Minimum == 0;

    /// <summary>Everything that is wrong with it, in words; empty when it can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        const int Most = 1_000_000;
        var problems = new List<string>();
        if (Currency is not { Length: 3 } || Currency.Any(c => c is < 'A' or > 'Z'))
            problems.Add("currency must be an ISO 4217 code of three capital letters, such as EUR.");
        foreach (var (name, value) in new[]
        {
            ("perKwh", PerKwh), ("perMinute", PerMinute), ("sessionFee", SessionFee), ("idlePerMinute", IdlePerMinute),
            ("minimum", Minimum),
        })
        {
            if (value is < 0 or > Most)
                problems.Add($"{name} must be between 0 and {Most} minor units.");
        }

        if (TaxPercent is < 0 or > 100)
            problems.Add("taxPercent must be between 0 and 100.");
        if (string.IsNullOrWhiteSpace(Id) || Id.Length > 64 || Id.Contains('/', StringComparison.Ordinal))
            problems.Add("id must have 1 to 64 characters and no slash.");
        return problems;
    }

    private static PriceLine Minutes(string kind, long seconds, decimal unitPrice) =>
        new(kind, Math.Round(seconds / 60m, 4), "min", unitPrice, Round(seconds * unitPrice / 60));

    private static long Round(decimal amount) => (long)Math.Round(amount, MidpointRounding.AwayFromZero);
}
