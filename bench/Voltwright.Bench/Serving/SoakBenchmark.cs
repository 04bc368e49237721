using Voltwright.Jq;

namespace Voltwright.Bench.Serving;

/// <summary>
/// Mixed load for a long time: sessions at many stations, readers, a webhook whose receiver fails now and then. What is looked at
/// is whether the last quarter is like the second: the first one fills caches.
/// </summary>
internal static class SoakBenchmark
{
    private const int Stations = 100;
    private const int Seed = 7;
    private const double FastestTime = 60;

    /// <summary>A server takes no time of a station that is a day ahead of its own.</summary>
    private static readonly TimeSpan LongestAhead = TimeSpan.FromHours(20);
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        await using var receiver = await SoakReceiver.StartAsync(cancellation);
        await using var server = await ServerProcess.StartAsync(cancellation, null, null, "--allow", receiver.Address.Authority);
        var created = await server.SendAsync(
            HttpMethod.Post, "/api/v2/webhooks", $$"""{"url":"{{receiver.Address}}","after":0}""", cancellation);
        var webhook = $"/api/v2/webhooks/{JsonValue.Parse(created)["id"].AsString()}";
        await using var load = new SoakLoad(server, Stations, Seed, Math.Min(FastestTime, LongestAhead / report.Duration));
        await load.ConnectAsync(cancellation);

        using var over = new CancellationTokenSource(report.Duration, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
        var driving = load.RunAsync(stop.Token);
        var samples = await SampleAsync(server, webhook, load, driving, cancellation);
        await driving;
        var took = load.Elapsed;

        Tell(report, load, samples, took);
        var committed = await CommittedAsync(server, cancellation);
        report.Add("webhook: positions of the log not sent at the end", await LagAsync(server, webhook, cancellation), "positions", null, new(0), true);
        report.Add("committed events", committed.Count, "events");
        report.Add("database, by sessions", server.DataBytes / 1e3 / Math.Max(1, load.Taps.Count), "kB a session", lessIsBetter: true);
        var difference = receiver.Difference(committed);
        report.Add("webhook: subjects whose events are missing or out of order", difference is null ? 0 : 1, "subjects", null, new(0), true);
        foreach (var remark in load.Problems.Take(5).Append(difference).OfType<string>())
            report.Remark(remark);
    }

    private static async Task<List<Sample>> SampleAsync(
        ServerProcess server, string webhook, SoakLoad load, Task driving, CancellationToken cancellation)
    {
        var samples = new List<Sample>();
        while (await Task.WhenAny(driving, Task.Delay(SampleEvery, TimeProvider.System, cancellation)) != driving)
        {
            var metrics = await server.MetricsAsync(cancellation);
            var lag = JsonValue.Parse(await server.SendAsync(HttpMethod.Get, webhook, null, cancellation))["lag"].AsDouble();
            samples.Add(new Sample(load.Elapsed, server.Memory, metrics.GetValueOrDefault("dotnet_gc_last_collection_heap_size_bytes"), lag));
        }

        return samples;
    }

    private static void Tell(Report report, SoakLoad load, List<Sample> samples, TimeSpan took)
    {
        var (second, last) = (InQuarter(1, took), InQuarter(3, took));
        double Memory(Func<TimeSpan, bool> when) => Median(samples.Where(s => when(s.At)).Select(s => s.Memory / 1e6));
        double Heap(Func<TimeSpan, bool> when) => Median(samples.Where(s => when(s.At)).Select(s => s.Heap / 1e6));
        double Lag(Func<TimeSpan, bool> when) => Median(samples.Where(s => when(s.At)).Select(s => s.Lag));
        double Led(Func<TimeSpan, bool> when, int percent) => Meter.Percentile([.. load.Taps.Where(t => when(t.At)).Select(t => t.Led)], percent);
        Baseline Then(double value) => new("second quarter", value);

        report.Add("duration", took.TotalMinutes, "minutes");
        report.Add("sessions", load.Taps.Count, "sessions");
        report.Add("messages of stations", load.Messages / took.TotalSeconds, "messages/s by the clock");
        report.Add("lists looked at", load.Looks / took.TotalSeconds, "requests/s by the clock");
        report.Add("memory of the server, last quarter", Memory(last), "MB", Then(Memory(second)), new(0.87, IsRatio: true), true);
        report.Add("what its last collection left, last quarter", Heap(last), "MB", Then(Heap(second)), lessIsBetter: true);
        report.Add("webhook lag, second quarter", Lag(second), "positions", null, null, true);
        report.Add("webhook lag, last quarter", Lag(last), "positions", null, new(500), true);
        report.Add("card tap to LED command, p50, last quarter", Led(last, 50), "ms by the clock", Then(Led(second, 50)), new(0.67, IsRatio: true), true);
        report.Add("card tap to LED command, p99, last quarter", Led(last, 99), "ms by the clock", Then(Led(second, 99)), new(0.5, IsRatio: true), true);
        report.Add("sessions that did not go as they must, and violations", load.Problems.Count, "problems", null, new(0), true);
    }

    private static Func<TimeSpan, bool> InQuarter(int number, TimeSpan took) => at => (int)(at / took * 4) == number;

    private static double Median(IEnumerable<double> values) => values.ToArray() is { Length: > 0 } some ? Meter.Median(some) : 0;

    /// <summary>Waits until everything is sent; gives what is left when patience ends.</summary>
    private static async Task<double> LagAsync(ServerProcess server, string webhook, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(CatchUp, TimeProvider.System);
        while (true)
        {
            var view = JsonValue.Parse(await server.SendAsync(HttpMethod.Get, webhook, null, cancellation));
            if (patience.IsCancellationRequested || (view["lag"] == 0 && view["failing"].AsArray().Count == 0))
                return view["lag"].AsDouble() + view["failing"].AsArray().Count;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    private static async Task<List<(string Subject, string Id)>> CommittedAsync(ServerProcess server, CancellationToken cancellation)
    {
        var committed = new List<(string, string)>();
        for (string? after = "0"; after is not null;)
        {
            var page = JsonValue.Parse(await server.SendAsync(HttpMethod.Get, $"/api/v2/events?limit=1000&after={after}", null, cancellation));
            committed.AddRange(page["items"].AsArray().Select(e => (SoakReceiver.SubjectOf(e), e["id"].AsString())));
            after = page["next"].TryGetString(out var next) ? next : null;
        }

        return committed;
    }

    private sealed record Sample(TimeSpan At, double Memory, double Heap, double Lag);
}
