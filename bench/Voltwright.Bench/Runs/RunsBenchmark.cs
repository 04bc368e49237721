using System.Diagnostics;
using System.Runtime;

namespace Voltwright.Bench.Runs;

/// <summary>
/// Whole runs of a driver's first tap in the real server, with the workflow that ships: the tap is an event, the run looks for a
/// session, leases a slot, lights the LED, locks, starts, tells the world. Everything is durable; only the stations are of paper.
/// </summary>
internal static class RunsBenchmark
{
    private const int Stations = 25_000;
    private const int Taps = 20_000;

    /// <summary>What the runtime compiles again while it warms up is a start, not a throughput: until that takes less than this of a core.</summary>
    private const double Settled = 0.05;
    private const int WarmUpStep = 5_000;
    private const int WarmUpMost = Stations * PaperSystem.SlotsEach - Taps;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        await using var system = await PaperSystem.StartAsync(Stations, cancellation);
        var warmedUp = await WarmUpAsync(system, cancellation);
        var compiling = JitInfo.GetCompilationTime();
        var pauses = GC.GetTotalPauseDuration();
        var (commits, allocated) = (system.Store.Commits, GC.GetTotalAllocatedBytes());
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await system.TapAsync(warmedUp, Taps, cancellation);
        var (wall, used) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        var compiled = (JitInfo.GetCompilationTime() - compiling).TotalSeconds;
        var steps = system.Store.Commits - commits;
        report.Add("whole runs of a first tap", Taps / wall, "runs/s by the clock", null, new(2000));
        report.Add("the same by processor time", Taps / used, "runs/s per core");
        report.Add("durable steps of runs and stations under way", steps / wall, "commits/s by the clock", null, new(20_000));
        report.Add("the same by processor time", steps / used, "commits/s per core");
        report.Add("memory allocated by one run", (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / Taps, "kB", lessIsBetter: true);
        var stopped = (GC.GetTotalPauseDuration() - pauses).TotalSeconds;
        report.Add("time stopped for garbage collection", stopped / wall * 100, "% by the clock", lessIsBetter: true);
        report.Add($"time spent compiling, after {warmedUp} runs", compiled / wall * 100, "% of a core", lessIsBetter: true);
        report.Add("commits of one run, its station's included", steps / (double)Taps, "commits", lessIsBetter: true);
        if (system.Failed > 0)
            report.Remark($"{system.Failed} runs did not complete.");
    }

    /// <summary>How many taps it took.</summary>
    private static async Task<int> WarmUpAsync(PaperSystem system, CancellationToken cancellation)
    {
        for (var done = 0; done < WarmUpMost;)
        {
            var (started, compiling) = (Stopwatch.GetTimestamp(), JitInfo.GetCompilationTime());
            await system.TapAsync(done, WarmUpStep, cancellation);
            done += WarmUpStep;
            if ((JitInfo.GetCompilationTime() - compiling) / Stopwatch.GetElapsedTime(started) < Settled)
                return done;
        }
        return WarmUpMost;
    }
}
