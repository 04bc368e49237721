using System.Globalization;

namespace Voltwright.Gateway;

/// <summary>Judges the times that stations write.</summary>
public static class StationClock
{
    private static readonly DateTimeOffset FirstPlausible = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>RFC 3339; a time without an offset is UTC, as OCPP 1.6 §3.15 recommends.</summary>
    public static bool TryParse(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    /// <summary>False for a clock that was never set, and for one that runs more than a day ahead.</summary>
    public static bool IsPlausible(DateTimeOffset at, DateTimeOffset now) => at >= FirstPlausible && at <= now.AddDays(1);
}
