using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Cards;
using Voltwright.Gateway;
using Voltwright.Server;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Bench.Runs;

/// <summary>
/// Whole runs of a driver's first tap in the real server, with the workflow that ships: the tap is an event, the run looks for a
/// session, leases a slot, lights the LED, locks, starts, tells the world. Everything is durable; only the stations are of paper.
/// </summary>
internal static class RunsBenchmark
{
    private const int Stations = 2000;
    private const int SlotsEach = 2;
    private const int WarmUp = 2000;
    private const int TapsAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        using var store = new CountingStore(SqliteStore.Open(folder.FullName));
        await using var app = VoltwrightServer.Build(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            MqttPort = null,
            DataFolder = folder.FullName,
            WorkflowsFolder = Path.Combine(AppContext.BaseDirectory, "workflows"),
            Services = services => services.AddSingleton<IStore>(store),
            AdministratorKey = Guid.NewGuid().ToString("N"),
        });
        try
        {
            await app.StartAsync(cancellation);
            await FurnishAsync(app.Services, cancellation);
            using var ended = new EndedRuns();
            await TapAsync(app.Services, ended, 0, WarmUp, cancellation);
            await MeasureAsync(report, app.Services, store, ended, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Report report, IServiceProvider services, CountingStore store, EndedRuns ended, CancellationToken cancellation)
    {
        const int Taps = (Stations * SlotsEach) - WarmUp;
        var (commits, started, processor) = (store.Commits, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await TapAsync(services, ended, WarmUp, Taps, cancellation);
        var (wall, used) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        report.Add("whole runs of a first tap", Taps / wall, "runs/s by the clock", null, new(2000));
        report.Add("the same by processor time", Taps / used, "runs/s per core");
        report.Add("durable steps of runs and stations under way", (store.Commits - commits) / wall, "commits/s by the clock", null, new(20_000));
        report.Add("the same by processor time", (store.Commits - commits) / used, "commits/s per core");
        report.Add("commits of one run, its station's included", (store.Commits - commits) / (double)Taps, "commits", lessIsBetter: true);
        if (ended.Failed > 0)
            report.Remark($"{ended.Failed} runs did not complete.");
    }

    private static async Task FurnishAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var links = services.GetRequiredService<StationLinks>();
        await Parallel.ForAsync(0, Stations, cancellation, async (i, _) =>
        {
            var link = new PaperStation($"bench-{i}");
            var station = grains.GetGrain<IStationGrain>(link.StationId);
            Require((await station.Register(new(link.StationId, link.Protocol, SlotsEach, null), null)).Refusal);
            links.Add(link);
            await station.Connected(link.LinkId, link.Protocol);
        });
        await Parallel.ForAsync(0, Stations * SlotsEach, cancellation, async (i, _) =>
            Require((await grains.GetGrain<ICardGrain>(CardOf(i)).Add(new Card(CardOf(i), CardStatus.Active), null)).Refusal));
    }

    /// <summary>Every tap is of another card; they go round the stations, and are over when their runs are.</summary>
    private static async Task TapAsync(IServiceProvider services, EndedRuns ended, int first, int count, CancellationToken cancellation)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var done = ended.WhenAnother(count);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = TapsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(first, first + count, atOnce, async (i, _) =>
            await grains.GetGrain<IStationGrain>($"bench-{i % Stations}")
                .CardPresented(new CardFact(CardOf(i), null, "reader", false, TimeProvider.System.GetUtcNow())));
        await done.WaitAsync(Patience, cancellation);
    }

    private static void Require(Refusal? refusal)
    {
        if (refusal is not null)
            throw new InvalidOperationException(refusal.ToString());
    }

    private static string CardOf(int number) => $"BENCH-{number}";
}
