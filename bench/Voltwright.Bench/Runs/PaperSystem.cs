using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Cards;
using Voltwright.Gateway;
using Voltwright.Server;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Bench.Runs;

/// <summary>The real server with the workflows that ship and stations of paper, each of which takes one tap a slot.</summary>
internal sealed class PaperSystem : IAsyncDisposable
{
    public const int SlotsEach = 2;
    private const int TapsAtOnce = 64;

    /// <summary>Drivers whose taps are not dealt with yet; the next one taps when a run ends.</summary>
    private const int Drivers = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly EndedRuns _ended = new();
    private readonly int _stations;

    private PaperSystem(DirectoryInfo folder, CountingStore store, WebApplication app, int stations) =>
        (_folder, Store, _app, _stations) = (folder, store, app, stations);

    public CountingStore Store { get; }

    /// <summary>Runs that did not complete.</summary>
    public long Failed => _ended.Failed;

    /// <param name="telemetry">Settings of OpenTelemetry.</param>
    public static async Task<PaperSystem> StartAsync(
        int stations, CancellationToken cancellation, IReadOnlyDictionary<string, string?>? telemetry = null)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        var store = new CountingStore(SqliteStore.Open(folder.FullName));
        var app = VoltwrightServer.Build(new ServerOptions
        {
            Urls = "http://127.0.0.1:0",
            MqttPort = null,
            DataFolder = folder.FullName,
            WorkflowsFolder = Path.Combine(AppContext.BaseDirectory, "workflows"),
            Services = services => services.AddSingleton<IStore>(store),
            AdministratorKey = Guid.NewGuid().ToString("N"),
            Telemetry = telemetry ?? new Dictionary<string, string?>(),
        });
        await app.StartAsync(cancellation);
        var system = new PaperSystem(folder, store, app, stations);
        await system.FurnishAsync(cancellation);
        return system;
    }

    /// <summary>Every tap is of another card; they go round the stations, and are over when their runs are.</summary>
    public async Task TapAsync(int first, int count, CancellationToken cancellation)
    {
        var grains = _app.Services.GetRequiredService<IGrainFactory>();
        var done = _ended.WhenAnother(count);
        using var drivers = new SemaphoreSlim(Drivers);
        void Next() => drivers.Release();
        _ended.Ended += Next;
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = TapsAtOnce, CancellationToken = cancellation };
        try
        {
            await Parallel.ForAsync(first, first + count, atOnce, async (i, stopping) =>
            {
                await drivers.WaitAsync(stopping);
                await grains.GetGrain<IStationGrain>($"bench-{i % _stations}")
                    .CardPresented(new CardFact(CardOf(i), null, "reader", false, TimeProvider.System.GetUtcNow()));
            });
            await done.WaitAsync(Patience, cancellation);
        }
        finally
        {
            _ended.Ended -= Next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _ended.Dispose();
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task FurnishAsync(CancellationToken cancellation)
    {
        var grains = _app.Services.GetRequiredService<IGrainFactory>();
        var links = _app.Services.GetRequiredService<StationLinks>();
        await Parallel.ForAsync(0, _stations, cancellation, async (i, _) =>
        {
            var link = new PaperStation($"bench-{i}");
            var station = grains.GetGrain<IStationGrain>(link.StationId);
            Require((await station.Register(new(link.StationId, link.Protocol, SlotsEach, null), null)).Refusal);
            links.Add(link);
            await station.Connected(link.LinkId, link.Protocol);
        });
        await Parallel.ForAsync(0, _stations * SlotsEach, cancellation, async (i, _) =>
            Require((await grains.GetGrain<ICardGrain>(CardOf(i)).Add(new Card(CardOf(i), CardStatus.Active), null)).Refusal));
    }

    private static void Require(Refusal? refusal)
    {
        if (refusal is not null)
            throw new InvalidOperationException(refusal.ToString());
    }

    private static string CardOf(int number) => $"BENCH-{number}";
}
