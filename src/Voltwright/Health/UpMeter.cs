using System.Collections.Immutable;

namespace Voltwright.Health;

/// <summary>How long something was up, by day (UTC), for the last month.</summary>
/// <param name="Since">Since when it is as it is.</param>
/// <param name="Days">Oldest first; the time since <paramref name="Since"/> is not in them yet.</param>
public sealed record UpMeter(bool IsUp, DateTimeOffset Since, DateTimeOffset KnownSince, ImmutableArray<UpDay> Days)
{
    private const int KeptDays = 32;

    public static UpMeter Start(bool isUp, DateTimeOffset now) => new(isUp, now, now, []);

    public UpMeter Turn(bool isUp, DateTimeOffset at)
    {
        if (isUp == IsUp || at < Since)
            return this;
        var days = IsUp ? Count(Days, Since, at) : Days;
        return this with { IsUp = isUp, Since = at, Days = [.. days.TakeLast(KeptDays)] };
    }

    /// <summary>Percent of that span in which it was up; of what is known where less is.</summary>
    public decimal Percent(TimeSpan span, DateTimeOffset now)
    {
        var from = now - span > KnownSince ? now - span : KnownSince;
        var days = IsUp ? Count(Days, Since, now) : Days;
        if (now <= from)
            return IsUp ? 100 : 0;

        // Of the day in which the span begins, a share counts.
        var up = days.Where(d => d.End > from).Sum(d => d.Seconds * Math.Min(1, (d.End - from).TotalSeconds / Part(d, now)));
        return Math.Clamp(Math.Round((decimal)(up / (now - from).TotalSeconds) * 100, 2), 0, 100);
    }

    private double Part(UpDay day, DateTimeOffset now)
    {
        var start = day.Start > KnownSince ? day.Start : KnownSince;
        return Math.Max(1, ((day.End < now ? day.End : now) - start).TotalSeconds);
    }

    private static ImmutableArray<UpDay> Count(ImmutableArray<UpDay> days, DateTimeOffset from, DateTimeOffset to)
    {
        var counted = days.ToBuilder();
        for (var at = from.ToUniversalTime(); at < to;)
        {
            var date = DateOnly.FromDateTime(at.UtcDateTime);
            var end = new UpDay(date, 0).End < to ? new UpDay(date, 0).End : to;
            var seconds = (int)Math.Round((end - at).TotalSeconds);
            if (counted.Count > 0 && counted[^1].Date == date)
                counted[^1] = counted[^1] with { Seconds = Math.Min(86_400, counted[^1].Seconds + seconds) };
            else
                counted.Add(new(date, seconds));
            at = end;
        }

        return counted.ToImmutable();
    }
}

/// <param name="Seconds">In which it was up.</param>
public sealed record UpDay(DateOnly Date, int Seconds)
{
    internal DateTimeOffset Start => new(Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    internal DateTimeOffset End => Start.AddDays(1);
}
