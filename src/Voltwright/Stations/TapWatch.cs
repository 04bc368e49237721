namespace Voltwright.Stations;

/// <summary>Measures what a driver waits for: from the tap to the light.</summary>
internal static class TapWatch
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>From the latest tap until now, if this LED is the first one told to change since then; else null.</summary>
    public static TimeSpan? SinceTap(Station station, string led, Led? before, DateTimeOffset now)
    {
        if (station.Taps.LastOrDefault() is not { Decision: CardDecision.Accepted } tap || now - tap.At > Longest || before?.At >= tap.At)
            return null;
        return station.Leds.Any(l => l.Key != led && l.Value.At >= tap.At) ? null : now - tap.At;
    }

    public static void LedShown(Station station, string led, Led? before, DateTimeOffset now)
    {
        if (SinceTap(station, led, before, now) is { } waited)
            Metrics.TapToLed.Record(waited.TotalSeconds);
    }
}
