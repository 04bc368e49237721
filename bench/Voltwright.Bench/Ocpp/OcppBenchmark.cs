using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Voltwright.Bench.Ocpp;

/// <summary>
/// OCPP 1.6 stations at the real server, in a process of its own beside this one: what ten thousand connections weigh, how many
/// heartbeats and durable transactions a second go through, and how long each takes at half of what is to be reached.
/// </summary>
internal static class OcppBenchmark
{
    private const int ConnectAtOnce = 64;
    private const int MemoryGoalMb = 500;
    private const int HeartbeatGoal = 10_000;
    private const int TransactionGoal = 3_000;
    private const int LatencyGoalMs = 50;

    public static Task RunAsync(Report report, CancellationToken cancellation) =>
        RunAsync(report, Environment.ProcessPath!, OcppLoad.Whole, cancellation);

    public static async Task RunAsync(Report report, string executable, OcppLoad load, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(executable, cancellation);
        var idle = server.MemoryMb;
        var lines = await ConnectAsync(server, load, cancellation);
        try
        {
            report.Add($"whole server the moment {load.Stations} stations have connected", server.MemoryMb, "MB", lessIsBetter: true);
            await Task.Delay(load.Rest, TimeProvider.System, cancellation);
            report.Add("the same at rest", server.MemoryMb, "MB", null, new(MemoryGoalMb), lessIsBetter: true);
            report.Add("a connected station", (server.MemoryMb - idle) * 1000 / load.Stations, "kB", lessIsBetter: true);

            var talkers = lines.Take(load.Talkers).Select(line => new Talker(line)).ToList();
            await FlatOutAsync(talkers, t => t.HeartbeatAsync(), load.Each / 2);
            await MeasureAsync(report, server, "heartbeats", talkers, t => t.HeartbeatAsync(), HeartbeatGoal, load.Each, cancellation);
            await FlatOutAsync(talkers, t => t.TransactionAsync(), load.Each / 2);
            await MeasureAsync(
                report, server, "durable transaction messages", talkers, t => t.TransactionAsync(), TransactionGoal, load.Each, cancellation);
            await Task.Delay(load.Rest, TimeProvider.System, cancellation);
            report.Add("the same server afterwards, at rest", server.MemoryMb, "MB", null, new(MemoryGoalMb), lessIsBetter: true);
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
        var flatOut = await FlatOutAsync(talkers, exchange, each);
        var used = (server.Processor - before).TotalSeconds;
        report.Add($"{what}, {talkers.Count} stations one after the other", flatOut.PerSecond, "messages/s", null, new(goal));
        report.Add("the same by the server's processor time", flatOut.Count / used, "messages/s per core");
        var paced = await PacedAsync(talkers, exchange, goal / 2, each, cancellation);
        report.Add($"{what} at {goal / 2}/s: half of them within", paced.Percentile(0.5), "ms", lessIsBetter: true);
        report.Add($"{what} at {goal / 2}/s: 99 % within", paced.Percentile(0.99), "ms", null, new(LatencyGoalMs), lessIsBetter: true);
    }

    private static async Task<IReadOnlyList<StationLine>> ConnectAsync(ServerProcess server, OcppLoad load, CancellationToken cancellation)
    {
        var lines = new StationLine[load.Stations];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, load.Stations, atOnce, async (i, token) =>
        {
            var line = lines[i] = new StationLine(string.Create(CultureInfo.InvariantCulture, $"BENCH{i:00000}"));
            await server.RegisterAsync(line.Id, token);
            await line.ConnectAsync(server.EndPoint, token);
            await line.CallAsync("BootNotification", """{"chargePointVendor":"Voltwright","chargePointModel":"Bench"}""");
            await line.CallAsync("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        });
        return lines;
    }

    /// <summary>Each station says the next thing as soon as the last is answered.</summary>
    private static async Task<Latencies> FlatOutAsync(List<Talker> talkers, Func<Talker, Task> exchange, TimeSpan duration)
    {
        var (latencies, started) = (new Latencies(), Stopwatch.GetTimestamp());
        await Task.WhenAll(talkers.Select(async talker =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                await exchange(talker);
                latencies.Note(at);
            }
        }));
        return latencies;
    }

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

    /// <summary>A station with its meter, and the transaction that runs at it.</summary>
    private sealed class Talker(StationLine line)
    {
        private int _transaction;
        private int _meter;

        public Task HeartbeatAsync() => line.CallAsync("Heartbeat", "{}");

        /// <summary>The start of a transaction, or the end of the one that was started.</summary>
        public async Task TransactionAsync()
        {
            var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            if (_transaction == 0)
            {
                var answer = await line.CallAsync(
                    "StartTransaction", $$"""{"connectorId":1,"idTag":"{{line.Id}}","meterStart":{{_meter}},"timestamp":"{{at}}"}""");
                using var parsed = JsonDocument.Parse(answer);
                _transaction = parsed.RootElement[2].GetProperty("transactionId").GetInt32();
                return;
            }

            _meter += 1000;
            await line.CallAsync(
                "StopTransaction",
                $$"""{"transactionId":{{_transaction}},"idTag":"{{line.Id}}","meterStop":{{_meter}},"timestamp":"{{at}}"}""");
            _transaction = 0;
        }
    }
}
