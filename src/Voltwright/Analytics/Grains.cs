namespace Voltwright.Analytics;

/// <summary>Hours, days and months (UTC), and how a period is put together from few of them.</summary>
internal static class Grains
{
    public const string Hour = "hour";
    public const string Day = "day";
    public const string Month = "month";

    public static readonly IReadOnlyList<string> All = [Hour, Day, Month];

    /// <summary>When the hour, day or month began that a moment is in.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at, string grain)
    {
        var utc = at.UtcDateTime;
        return grain switch
        {
            Hour => new(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, TimeSpan.Zero),
            Day => new(utc.Year, utc.Month, utc.Day, 0, 0, 0, TimeSpan.Zero),
            _ => new(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }

    public static DateTimeOffset Next(DateTimeOffset start, string grain) => grain switch
    {
        Hour => start.AddHours(1),
        Day => start.AddDays(1),
        _ => start.AddMonths(1),
    };

    /// <summary>The same by the clocks of a zone. An hour is one of UTC: few zones are off by a part of one.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at, string grain, TimeZoneInfo zone)
    {
        if (grain == Hour)
            return Floor(at, Hour);
        var start = Floor(new DateTimeOffset(TimeZoneInfo.ConvertTime(at, zone).DateTime, TimeSpan.Zero), grain).DateTime;
        return Start(start, zone);
    }

    public static DateTimeOffset Next(DateTimeOffset start, string grain, TimeZoneInfo zone) => grain == Hour
        ? start.AddHours(1)
        : Start(Next(Floor(new DateTimeOffset(TimeZoneInfo.ConvertTime(start, zone).DateTime, TimeSpan.Zero), grain), grain).DateTime, zone);

    /// <summary>
    /// When clocks show that for the first time. Where they are put forward at midnight, a day begins when they show the first time that there is; where
    /// they are put back to before midnight, at the first of two.
    /// </summary>
    public static DateTimeOffset Start(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(30);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The parts of the hours that a span touches, each with the moment at which it begins.</summary>
    public static IEnumerable<(DateTimeOffset At, long Seconds)> Hours(DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to;)
        {
            var end = Next(Floor(at, Hour), Hour);
            if (end > to)
                end = to;
            yield return (at, (long)(end - at).TotalSeconds);
            at = end;
        }
    }

    /// <summary>The period in whole months, days and hours, nothing coarser than asked for.</summary>
    public static IEnumerable<(string Grain, DateTimeOffset From, DateTimeOffset To)> Split(
        DateTimeOffset from, DateTimeOffset to, string coarsest)
    {
        if (from >= to)
            yield break;
        if (coarsest == Hour)
        {
            yield return (Hour, from, to);
            yield break;
        }

        var finer = coarsest == Month ? Day : Hour;
        var first = Floor(from, coarsest) is var floor && floor < from ? Next(floor, coarsest) : floor;
        var last = Floor(to, coarsest);
        if (first >= last)
        {
            foreach (var piece in Split(from, to, finer))
                yield return piece;
            yield break;
        }

        foreach (var piece in Split(from, first, finer))
            yield return piece;
        yield return (coarsest, first, last);
        foreach (var piece in Split(last, to, finer))
            yield return piece;
    }
}
