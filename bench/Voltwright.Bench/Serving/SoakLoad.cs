using System.Collections.Concurrent;
using System.Diagnostics;
using Voltwright.Simulator;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Bench.Serving;

/// <summary>Drivers at every station, one session after the other, and people who look at the lists.</summary>
/// <param name="factor">How much faster than ours the stations' time passes.</param>
internal sealed class SoakLoad(ServerProcess server, int stations, int seed, double factor) : IAsyncDisposable
{
    private const string Secret = "a secret of sixteen";
    private const int CardsOfEach = 3;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly List<OcppStation> _stations = [];
    private readonly ConcurrentQueue<(TimeSpan At, double Led)> _taps = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _looks;

    /// <summary>When each tap was, and what it took until the LED, in milliseconds.</summary>
    public IReadOnlyCollection<(TimeSpan At, double Led)> Taps => _taps;

    public IReadOnlyCollection<string> Problems => [.. _problems, .. _stations.SelectMany(s => s.Traffic.Violations)];

    public long Messages => _stations.Sum(s => s.Traffic.Sent + s.Traffic.Received);

    public long Looks => Interlocked.Read(ref _looks);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < stations; i++)
        {
            var id = $"SOAK{i}";
            await server.PostAsync(
                "/api/v2/stations", $$"""{"id":"{{id}}","protocol":"ocpp1.6","slots":2,"secret":"{{Secret}}"}""", cancellation);
            for (var card = 0; card < CardsOfEach; card++)
                await server.PostAsync("/api/v2/cards", $$"""{"id":"{{CardOf(i, card)}}"}""", cancellation);
            var options = new OcppStationOptions { Id = id, Endpoint = server.Ocpp, Secret = Secret, Connectors = 2, Seed = seed + i };
            var station = new OcppStation(options, new SimulationClock(TimeProvider.System, factor));
            _stations.Add(station);
            await station.StartAsync(cancellation);
        }
    }

    /// <summary>Until told to stop; sessions under way are brought to their end.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(_stations.Select((station, i) => DriveAsync(station, i, stop)).Append(LookAsync(stop)));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_stations.Select(s => s.DisposeAsync().AsTask()));

    private static string CardOf(int station, int number) => $"SOAK-CARD-{station}-{number}";

    private async Task DriveAsync(OcppStation station, int number, CancellationToken stop)
    {
        var random = new Random(seed + number);
        for (var session = 0; !stop.IsCancellationRequested; session++)
        {
            // Simulated time is faster: some seconds between drivers, some more at the station.
            await station.Clock.Delay(TimeSpan.FromSeconds(random.Next(60, 600)), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            try
            {
                var driver = new Driver(station, CardOf(number, session % CardsOfEach));
                var at = Elapsed;
                var (_, led) = await driver.ChargeAsync(1, TimeSpan.FromMinutes(random.Next(2, 15)), CancellationToken.None);
                _taps.Enqueue((at, led));
            }
            catch (TimeoutException late)
            {
                _problems.Enqueue(late.Message);
                await station.UnplugAsync(1);
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        string[] lists = ["sessions?limit=50", "stations?limit=50", "runs?limit=50", "payments?limit=50", "sessions?status=charging&limit=50"];
        while (!stop.IsCancellationRequested)
        {
            await server.SendAsync(HttpMethod.Get, $"/api/v2/{lists[Looks % lists.Length]}", null, CancellationToken.None);
            Interlocked.Increment(ref _looks);
            await Task.Delay(LookEvery, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
