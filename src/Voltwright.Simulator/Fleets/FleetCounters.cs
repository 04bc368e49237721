using System.Collections.Concurrent;

namespace Voltwright.Simulator.Fleets;

/// <summary>What the drivers of a fleet count together.</summary>
sealed class FleetCounters
{
    const int MaxProblems = 100;

    readonly ConcurrentQueue<string> _problems = new();
    int _connected;
    int _started;
    int _ended;
    int _refused;
    long _energyWh;

    public void Connected() => Interlocked.Increment(ref _connected);

    public void Started() => Interlocked.Increment(ref _started);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Ended(long energyWh)
    {
        Interlocked.Increment(ref _ended);
        Interlocked.Add(ref _energyWh, energyWh);
    }

    public void Problem(string what)
    {
        if (_problems.Count < MaxProblems) _problems.Enqueue(what);
    }

    public FleetReport Report(IReadOnlyCollection<VirtualStation> stations, TimeSpan elapsed)
    {
        var latencies = stations.SelectMany(station => station.Traffic.Latencies).Order().ToArray();
        return new FleetReport(
            stations.Count, _connected, _started, _ended, _refused, Interlocked.Read(ref _energyWh),
            stations.Sum(station => station.Traffic.Sent + station.Traffic.Received), elapsed,
            Percentile(latencies, 50), Percentile(latencies, 99),
            [.. _problems, .. stations.SelectMany(
                station => station.Traffic.Violations.Select(what => $"{station.Id}: {what}")).Take(MaxProblems)]);
    }

    internal static TimeSpan Percentile(TimeSpan[] sorted, int percent) =>
        sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
}
