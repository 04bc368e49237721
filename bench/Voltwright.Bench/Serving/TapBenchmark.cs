using System.Diagnostics;
using Voltwright.Simulator;
using Voltwright.Simulator.Ocpp;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Bench.Serving;

/// <summary>
/// A card tap at an idle server with real stations over WebSockets: until the station has its answer, and until its LED is told to
/// light up, by a workflow whose every step is durable.
/// </summary>
internal static class TapBenchmark
{
    private const string Secret = "a secret of sixteen";
    private const int Stations = 110;
    private const int SlotsEach = 2;
    private const int WarmUp = 20;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var commit = await CommitAsync(cancellation);
        await using var server = await ServerProcess.StartAsync(cancellation);
        var stations = new List<OcppStation>();
        try
        {
            for (var i = 0; i < Stations; i++)
                stations.Add(await ConnectAsync(server, $"BENCH{i}", cancellation));
            List<double> answers = [], leds = [];
            for (var i = 0; i < Stations * SlotsEach; i++)
            {
                var station = stations[i % Stations];
                var card = $"BENCH-CARD-{i}";
                await server.PostAsync("/api/v2/cards", $$"""{"id":"{{card}}"}""", cancellation);
                var (answer, led) = await new Driver(station, card).TapAsync((i / Stations) + 1);
                if (i < WarmUp)
                    continue;
                answers.Add(answer);
                leds.Add(led);
            }

            Baseline one = new("one durable commit", commit);
            report.Add("card tap to the station's answer, p50", Meter.Percentile(answers, 50), "ms by the clock", one, null, lessIsBetter: true);
            report.Add("card tap to the station's answer, p99", Meter.Percentile(answers, 99), "ms by the clock", one, new(100), lessIsBetter: true);
            report.Add("card tap to LED command, p50", Meter.Percentile(leds, 50), "ms by the clock", one, new(10), lessIsBetter: true);
            report.Add("card tap to LED command, p99", Meter.Percentile(leds, 99), "ms by the clock", one, new(50), lessIsBetter: true);
        }
        finally
        {
            await Task.WhenAll(stations.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private static async Task<OcppStation> ConnectAsync(ServerProcess server, string id, CancellationToken cancellation)
    {
        await server.PostAsync(
            "/api/v2/stations", $$"""{"id":"{{id}}","protocol":"ocpp1.6","slots":{{SlotsEach}},"secret":"{{Secret}}"}""", cancellation);
        var options = new OcppStationOptions { Id = id, Endpoint = server.Ocpp, Secret = Secret, Connectors = SlotsEach };
        var station = new OcppStation(options, new SimulationClock(TimeProvider.System, 60));
        await station.StartAsync(cancellation);
        return station;
    }

    /// <summary>Milliseconds of one commit, alone.</summary>
    private static async Task<double> CommitAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            using var store = SqliteStore.Open(folder.FullName);
            var values = new List<double>();
            for (var version = 0; version < 200; version++)
            {
                var started = Stopwatch.GetTimestamp();
                await store.CommitAsync(new Commit { Writes = [new StreamWrite("bench/one", version, "{}"u8.ToArray())] }, cancellation);
                values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return Meter.Median(values);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
