using Microsoft.Extensions.Hosting;

namespace Voltwright.Server.Hosting;

/// <summary>
/// Gives memory back while little happens. Ten thousand stations that connect at once leave a heap twice as large as what lives on
/// in it, and a process that then has little to do would not collect for hours.
/// </summary>
public sealed class IdleCollector(TimeProvider clock) : BackgroundService
{
    private const long Worthwhile = 48L << 20;

    /// <summary>What was busy since, even if it weighs no more than last time: that may have been in the middle of it.</summary>
    private const long Much = 512L << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Of processor time between two looks: who works more is not held up for it.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        var (atRest, allocated, used) = (0L, 0L, Environment.CpuUsage.TotalTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Environment.CpuUsage.TotalTime;
            if (now - used < Idle && (Environment.WorkingSet > atRest + Worthwhile || GC.GetTotalAllocatedBytes() > allocated + Much))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                NativeHeap.GiveBack();
                (atRest, allocated) = (Environment.WorkingSet, GC.GetTotalAllocatedBytes());
            }

            used = now;
        }
    }
}
