namespace Voltwright.Analytics;

/// <summary>Adds figures of all kinds up to what people read.</summary>
internal sealed class Summary
{
    private readonly SortedDictionary<string, (long Billed, long Paid)> _revenue = new(StringComparer.Ordinal);
    private Sums _sessions;
    private long _left;
    private long _refused;
    private long _faults;
    private long _offlineSeconds;
    private long _peakW;

    public void Add(FigureKey key, Sums sums)
    {
        switch (key.Kind)
        {
            case FigureKinds.Session:
                _sessions += sums;
                var (billed, paid) = _revenue.GetValueOrDefault(key.Currency);
                _revenue[key.Currency] = (billed + sums.Billed, paid + sums.Paid);
                break;
            case FigureKinds.Left:
                _left += sums.Number;
                break;
            case FigureKinds.Refused:
                _refused += sums.Number;
                break;
            case FigureKinds.Fault:
                _faults += sums.Number;
                break;
            case FigureKinds.Offline:
                _offlineSeconds += sums.Seconds;
                break;
            case FigureKinds.Peak:
                _peakW = Math.Max(_peakW, sums.PeakW);
                break;
        }
    }

    /// <param name="time">Null where uptime and utilisation make no sense.</param>
    public AnalyticsSummary Of(KnownTime? time)
    {
        var known = time ?? default;
        return new(
            _sessions.Number, _left, _sessions.EnergyWh, [.. _revenue.Select(r => new AnalyticsRevenue(r.Key, r.Value.Billed, r.Value.Paid))],
            _sessions.ChargingSeconds, _sessions.IdleSeconds, Average(_sessions.ChargingSeconds + _sessions.IdleSeconds, _sessions.Number),
            Average(_sessions.WaitSeconds, _sessions.Waits), _refused, Percent(_refused, _refused + _sessions.Number + _left), _faults, _peakW,
            Percent(known.Seconds - _offlineSeconds - known.AwaySeconds, known.Seconds), Percent(_sessions.Seconds, known.SlotSeconds));
    }

    private static long? Average(long sum, long number) => number > 0 ? sum / number : null;

    private static decimal? Percent(long part, long whole) => whole > 0 ? Math.Clamp(Math.Round(100m * part / whole, 2), 0, 100) : null;
}
