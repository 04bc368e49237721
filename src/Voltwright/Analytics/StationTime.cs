namespace Voltwright.Analytics;

/// <summary>How long stations and their slots were there within a period, and are away at this moment.</summary>
internal sealed class StationTime
{
    private readonly DateTimeOffset _now;
    private readonly SeenStation[] _stations;

    /// <summary>How many slots the first so many stations have.</summary>
    private readonly long[] _slots;
    private readonly SeenStation[] _away;

    public StationTime(IEnumerable<SeenStation> stations, DateTimeOffset now)
    {
        _now = now;
        _stations = [.. stations.OrderBy(s => s.Since)];
        _slots = new long[_stations.Length + 1];
        for (var i = 0; i < _stations.Length; i++)
            _slots[i + 1] = _slots[i] + _stations[i].Slots;
        _away = [.. _stations.Where(s => s.AwaySince is not null)];
    }

    /// <summary>Of all stations. That is asked for thousands of hours: only those that came or went within one are looked at.</summary>
    public KnownTime Between(DateTimeOffset from, DateTimeOffset to)
    {
        to = to < _now ? to : _now;
        var there = There(from);
        var whole = Seconds(from, to);
        var sum = new KnownTime(whole * there, whole * _slots[there], _away.Sum(s => Away(s, from, to)));
        for (; there < _stations.Length && _stations[there].Since < to; there++)
            sum += Known(_stations[there], from, to);
        return sum;
    }

    public KnownTime Between(SeenStation station, DateTimeOffset from, DateTimeOffset to)
    {
        to = to < _now ? to : _now;
        return Known(station, from, to) with { AwaySeconds = Away(station, from, to) };
    }

    private static KnownTime Known(SeenStation station, DateTimeOffset from, DateTimeOffset to)
    {
        var known = Seconds(station.Since > from ? station.Since : from, to);
        return new(known, known * station.Slots, 0);
    }

    private static long Away(SeenStation station, DateTimeOffset from, DateTimeOffset to) =>
        station.AwaySince is { } since ? Seconds(since > from ? since : from, to) : 0;

    private static long Seconds(DateTimeOffset from, DateTimeOffset to) => from < to ? (to.UtcTicks - from.UtcTicks) / TimeSpan.TicksPerSecond : 0;

    /// <summary>How many were there already.</summary>
    private int There(DateTimeOffset at)
    {
        var (low, high) = (0, _stations.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_stations[middle].Since <= at)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <param name="AwaySeconds">Of absences that still last, and are in no figure yet.</param>
internal readonly record struct KnownTime(long Seconds, long SlotSeconds, long AwaySeconds)
{
    public static KnownTime operator +(KnownTime a, KnownTime b) =>
        new(a.Seconds + b.Seconds, a.SlotSeconds + b.SlotSeconds, a.AwaySeconds + b.AwaySeconds);
}
