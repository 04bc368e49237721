using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Voltwright.Bench.Serving;

namespace Voltwright.Bench.Ocpp;

/// <summary>
/// OCPP 1.6 stations at the real server, in a process of its own beside this one: what ten thousand connections weigh, how many
/// heartbeats and durable transactions a second go through, how long each takes at half of what is to be reached, and what the others
/// notice of a mute station or a storm of reconnects.
/// </summary>
internal static partial class OcppBenchmark
{
    private const int ConnectAtOnce = 64;
    private const int MemoryGoalMb = 500;
    private const int HeartbeatGoal = 10_000;
    private const int TransactionGoal = 3_000;
    private const int LatencyGoalMs = 50;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var noWorkflows = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            await using var server = await ServerProcess.StartAsync(cancellation, more: ["--workflows", noWorkflows.FullName]);
            await RunAsync(report, server, OcppLoad.Whole, cancellation);
        }
        finally
        {
            noWorkflows.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(Report report, ServerProcess server, OcppLoad load, CancellationToken cancellation)
    {
        var idle = MemoryMb(server);
        var lines = await ConnectAsync(server, load, cancellation);
        try
        {
            report.Add($"whole server the moment {load.Stations} stations have connected", MemoryMb(server), "MB", lessIsBetter: true);
            await Task.Delay(load.Rest, TimeProvider.System, cancellation);
            report.Add("the same at rest", MemoryMb(server), "MB", null, new(MemoryGoalMb), lessIsBetter: true);
            report.Add("a connected station", (MemoryMb(server) - idle) * 1000 / load.Stations, "kB", lessIsBetter: true);

            var talkers = lines.Take(load.Talkers).Select(line => new Talker(line)).ToList();
            await Talker.FlatOutAsync(talkers, t => t.HeartbeatAsync(), load.Each / 2);
            await MeasureAsync(report, server, "heartbeats", talkers, t => t.HeartbeatAsync(), HeartbeatGoal, load.Each, cancellation);
            await Talker.FlatOutAsync(talkers, t => t.TransactionAsync(), load.Each / 2);
            await MeasureAsync(
                report, server, "durable transaction messages", talkers, t => t.TransactionAsync(), TransactionGoal, load.Each, cancellation);
            await Task.Delay(load.Rest, TimeProvider.System, cancellation);
            report.Add("the same server afterwards, at rest", MemoryMb(server), "MB", null, new(MemoryGoalMb), lessIsBetter: true);
            await MuteAsync(report, server, talkers, load.Each, cancellation);
            await StormAsync(report, server, lines.AsMemory(load.Talkers, load.Storm), cancellation);
            if (lines.Count(line => line.Failure is not null) is > 0 and var lost)
                report.Remark($"{lost} connections were lost: {lines.First(line => line.Failure is not null).Failure}");
        }
        finally
        {
            foreach (var line in lines)
                line.Dispose();
        }
    }

    private static async Task MeasureAsync(
        Report report, ServerProcess server, string what, List<Talker> talkers, Func<Talker, Task> exchange, int goal, TimeSpan each,
        CancellationToken cancellation)
    {
        var before = server.Processor;
        var flatOut = await Talker.FlatOutAsync(talkers, exchange, each);
        var used = (server.Processor - before).TotalSeconds;
        report.Add($"{what}, {talkers.Count} stations one after the other", flatOut.PerSecond, "messages/s", null, new(goal));
        report.Add("the same by the server's processor time", flatOut.Count / used, "messages/s per core");

        // What the flood has left to be tidied up is not part of what half of it costs.
        await Task.Delay(each / 5, TimeProvider.System, cancellation);
        var paced = await PacedAsync(talkers, exchange, goal / 2, each, cancellation);
        report.Add($"{what} at {goal / 2}/s: half of them within", paced.Percentile(0.5), "ms", lessIsBetter: true);
        report.Add($"{what} at {goal / 2}/s: 99 % within", paced.Percentile(0.99), "ms", null, new(LatencyGoalMs), lessIsBetter: true);
    }

    private static async Task<StationLine[]> ConnectAsync(ServerProcess server, OcppLoad load, CancellationToken cancellation)
    {
        var lines = new StationLine[load.Stations];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, load.Stations, atOnce, async (i, token) =>
        {
            var line = lines[i] = new StationLine(string.Create(CultureInfo.InvariantCulture, $"BENCH{i:00000}"));
            await RegisterAsync(server, line.Id, token);
            await BootAsync(server, line, token);
        });
        return lines;
    }

    // Profile 0: hashing ten thousand secrets would take longer than all that is measured here.
    private static Task RegisterAsync(ServerProcess server, string id, CancellationToken cancellation) => server.PostAsync(
        "/api/v2/stations", $$"""{"id":"{{id}}","protocol":"ocpp1.6","slots":1,"securityProfile":0}""", cancellation);

    private static async Task BootAsync(ServerProcess server, StationLine line, CancellationToken cancellation)
    {
        await line.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Http.BaseAddress!.Port), cancellation);
        await line.CallAsync("BootNotification", """{"chargePointVendor":"Voltwright","chargePointModel":"Bench"}""");
        await line.CallAsync("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
    }

    private static double MemoryMb(ServerProcess server) => server.Memory / 1e6;

    /// <summary>So many a second in all, evenly; what comes late counts from when it was due.</summary>
    private static async Task<Latencies> PacedAsync(
        List<Talker> talkers, Func<Talker, Task> exchange, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var (latencies, started) = (new Latencies(), Stopwatch.GetTimestamp());
        var interval = TimeSpan.FromSeconds((double)talkers.Count / perSecond);
        await Task.WhenAll(talkers.Select(async (talker, number) =>
        {
            for (var due = interval * number / talkers.Count; due < duration; due += interval)
            {
                if (due - Stopwatch.GetElapsedTime(started) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, TimeProvider.System, cancellation);
                await exchange(talker);
                latencies.Note(started + (long)(due.TotalSeconds * Stopwatch.Frequency));
            }
        }));
        return latencies;
    }
}
