using Voltwright.Jq;

namespace Voltwright.EndToEnd;

/// <summary>What a session costs by the tariff of <see cref="RunningSystem"/>, counted by hand.</summary>
internal static class Bill
{
    public static void AssertRight(JsonValue session, long deliveredWh)
    {
        Assert.Equal(deliveredWh, Whole(session["energyWh"]));
        Assert.Equal(deliveredWh, Whole(session["meterStopWh"]) - Whole(session["meterStartWh"]));
        var energy = (long)Math.Round(deliveredWh * 49 / 1000m, MidpointRounding.AwayFromZero);
        var tax = (long)Math.Round((energy + 100) * 0.2m, MidpointRounding.AwayFromZero);
        Assert.Equal(energy + 100 + tax, Whole(session["price"]["amount"]));
    }

    private static long Whole(JsonValue value) =>
        value.TryGetInt64(out var whole) ? whole : throw new FormatException($"{value} is no whole number.");
}
