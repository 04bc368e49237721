namespace Voltwright.Bench;

/// <summary>
/// Measures by processor time of this process, collector and compiler included, so that neighbours on the same machine
/// do not change what a number means.
/// </summary>
public static class Meter
{
    private const int Rounds = 7;

    /// <summary>Of processor time: on a busy machine the runtime compiles hot code late by the clock.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(150);

    /// <summary>Calls a second of processor time: the median of several rounds, after a warm-up.</summary>
    /// <param name="batch">Makes that many calls; the loop is the caller's, so that no delegate stands between.</param>
    public static double Rate(Action<int> batch)
    {
        var size = SizeOf(batch);
        return Median(Enumerable.Range(0, Rounds).Select(_ => RateOnce(batch, size)));
    }

    /// <summary>Bytes allocated by one call on this thread.</summary>
    public static double BytesPerCall(Action<int> batch)
    {
        const int Calls = 1000;
        batch(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        batch(Calls);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }

    /// <summary>Milliseconds of processor time of one call: the median of several, after one to warm up.</summary>
    public static double Milliseconds(Action call, int rounds = 5)
    {
        call();
        return Median(Enumerable.Range(0, rounds).Select(_ =>
        {
            var before = Environment.CpuUsage.TotalTime;
            call();
            return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
        }));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>The value that so many of a hundred do not exceed; 0 when there are none.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, int percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }

    private static double RateOnce(Action<int> batch, int size)
    {
        var before = Environment.CpuUsage.TotalTime;
        batch(size);
        return size / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    // The runtime compiles hot code again while it runs: the size is taken from the last batch of the warm-up.
    private static int SizeOf(Action<int> batch)
    {
        var (started, size, rate) = (Environment.CpuUsage.TotalTime, 1, 0.0);
        while (Environment.CpuUsage.TotalTime - started < WarmUp)
        {
            var at = Environment.CpuUsage.TotalTime;
            batch(size);
            var took = (Environment.CpuUsage.TotalTime - at).TotalSeconds;
            if (took > 0)
                rate = size / took;
            if (took < Round.TotalSeconds / 10)
                size = Math.Min(size * 2, int.MaxValue / 4);
        }

        return Math.Max(1, (int)Math.Min(rate * Round.TotalSeconds, int.MaxValue / 2));
    }
}
