namespace Voltwright.Analytics;

/// <summary>How long stations and their slots were there within a period, and are away at this moment.</summary>
internal sealed class StationTime(IReadOnlyList<SeenStation> stations, DateTimeOffset now)
{
    public KnownTime Between(DateTimeOffset from, DateTimeOffset to) =>
        stations.Aggregate(default(KnownTime), (sum, station) => sum + Between(station, from, to));

    public KnownTime Between(SeenStation station, DateTimeOffset from, DateTimeOffset to)
    {
        to = to < now ? to : now;
        var known = Seconds(station.Since > from ? station.Since : from, to);
        var away = station.AwaySince is { } since ? Seconds(since > from ? since : from, to) : 0;
        return new(known, known * station.Slots, away);
    }

    private static long Seconds(DateTimeOffset from, DateTimeOffset to) => from < to ? (to.UtcTicks - from.UtcTicks) / TimeSpan.TicksPerSecond : 0;
}

/// <param name="AwaySeconds">Of absences that still last, and are in no figure yet.</param>
internal readonly record struct KnownTime(long Seconds, long SlotSeconds, long AwaySeconds)
{
    public static KnownTime operator +(KnownTime a, KnownTime b) =>
        new(a.Seconds + b.Seconds, a.SlotSeconds + b.SlotSeconds, a.AwaySeconds + b.AwaySeconds);
}
