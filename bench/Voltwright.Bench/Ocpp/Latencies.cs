using System.Collections.Concurrent;
using System.Diagnostics;

namespace Voltwright.Bench.Ocpp;

/// <summary>How long each exchange took, and how many there were in which time.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentQueue<long> _ticks = new();
    private readonly long _since = Stopwatch.GetTimestamp();
    private long _until = Stopwatch.GetTimestamp();

    public void Note(long startedAt)
    {
        var now = Stopwatch.GetTimestamp();
        _ticks.Enqueue(now - startedAt);
        Volatile.Write(ref _until, now);
    }

    public int Count => _ticks.Count;

    public double PerSecond => _ticks.Count / Stopwatch.GetElapsedTime(_since, Volatile.Read(ref _until)).TotalSeconds;

    /// <summary>Milliseconds within which that share of the exchanges was over.</summary>
    public double Percentile(double share)
    {
        long[] sorted = [.. _ticks.Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)] * 1000.0 / Stopwatch.Frequency;
    }
}
