using System.Diagnostics;
using System.Net;
using Voltwright.Bench.Ocpp;

namespace Voltwright.Bench.Serving;

/// <summary>What an operator waits for: pages of the console while five thousand stations tell two hundred things a second.</summary>
internal static class ConsoleBenchmark
{
    private const int Stations = 5_000;
    private const int Sites = 50;
    private const int AtOnce = 10;
    private const int TargetMs = 200;
    private const int Seed = 7;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Each with what the target counts for: overview and lists.</summary>
    private static readonly (string Path, bool IsList)[] Pages =
    [
        ("/", true), ("/stations", true), ("/stations?q=S-49", true), ("/stations?site=site-7", true), ("/sites", true), ("/sessions", true),
        ("/tickets", true), ("/event-log", true), ("/runs", true), ("/cards", true), ("/stations/S-17", false), ("/analytics", false),
        ("/api/v2/stations", true), ("/api/v2/sessions", true),
    ];

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(cancellation);
        await FurnishAsync(server, cancellation);
        using var browser = await SignInAsync(server, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var telling = TellAsync(server, stop.Token);
        var waited = Pages.ToDictionary(p => p.Path, _ => new Latencies());

        // The first round reads everything there is; it is told apart.
        var first = Stopwatch.GetTimestamp();
        await LoadAsync(browser, "/", cancellation);
        report.Add("overview, the first time", Stopwatch.GetElapsedTime(first).TotalMilliseconds, "ms", lessIsBetter: true);
        foreach (var (path, _) in Pages)
            await LoadAsync(browser, path, cancellation);
        var (began, processor) = (Stopwatch.GetTimestamp(), server.Processor);
        while (Stopwatch.GetElapsedTime(began) < report.Duration / 2)
        {
            foreach (var (path, _) in Pages)
            {
                var started = Stopwatch.GetTimestamp();
                await LoadAsync(browser, path, cancellation);
                waited[path].Note(started);
                await Task.Delay(Between, TimeProvider.System, cancellation);
            }
        }

        var busy = (server.Processor - processor) / Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        var told = await telling;
        foreach (var (path, isList) in Pages)
        {
            report.Add($"{path}, half of the times within", waited[path].Percentile(.5), "ms", lessIsBetter: true);
            report.Add(
                $"{path}, 95 of 100 times within", waited[path].Percentile(.95), "ms", null, isList ? new(TargetMs) : null, lessIsBetter: true);
        }

        report.Add("events told meanwhile", told, "events/s", null, new(190));
        report.Add("the server's processor use meanwhile", busy, "cores", lessIsBetter: true);
        report.Add("the server's memory", server.Memory / 1e6, "MB", lessIsBetter: true);
    }

    private static async Task FurnishAsync(ServerProcess server, CancellationToken cancellation)
    {
        for (var site = 0; site < Sites; site++)
            await server.SendAsync(HttpMethod.Put, $"/api/v2/sites/site-{site}", $$"""{"name":"Site {{site}}"}""", cancellation);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Stations), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation },
            async (n, token) => await server.PostAsync(
                "/api/v2/stations",
                $$"""{"id":"S-{{n}}","protocol":"mqtt","slots":2,"securityProfile":0,"name":"Station {{n}}","siteId":"site-{{n % Sites}}"}""", token));
        for (var n = 0; n < 200; n++)
        {
            await server.PostAsync("/api/v2/cards", $$"""{"id":"C-{{n}}"}""", cancellation);
            await server.PostAsync($"/api/v2/stations/S-{n}", $$$"""{"card":{"id":"C-{{{n}}}"}}""", cancellation);
            await server.PostAsync($"/api/v2/stations/S-{n + 300}/support", """{"error":{"code":"GroundFailure"}}""", cancellation);
        }
    }

    private static async Task<HttpClient> SignInAsync(ServerProcess server, CancellationToken cancellation)
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = server.Http.BaseAddress,
        };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", ServerProcess.Key)]);
        using var answer = await browser.PostAsync("/sign-in", form, cancellation);
        return answer.StatusCode == HttpStatusCode.SeeOther ? browser : throw new InvalidOperationException($"The sign-in answered {answer.StatusCode}.");
    }

    /// <returns>Events a second.</returns>
    private static async Task<double> TellAsync(ServerProcess server, CancellationToken cancellation)
    {
        var (random, began, told) = (new Random(Seed), Stopwatch.GetTimestamp(), 0);
        using var pace = new PeriodicTimer(Between, TimeProvider.System);
        try
        {
            while (await pace.WaitForNextTickAsync(cancellation))
            {
                var events = Enumerable.Range(told, AtOnce).Select(n => (Number: n, Station: $"S-{random.Next(Stations)}"));
                using var batch = new StringContent(
                    $"[{string.Join(',', events.Select(e => Event(e.Number, e.Station)))}]", null, "application/cloudevents-batch+json");
                using var answer = await server.Http.PostAsync("/events", batch, cancellation);
                answer.EnsureSuccessStatusCode();
                told += AtOnce;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Enough was told.
        }

        return told / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string Event(int number, string station) => $$$"""
        {"specversion":"1.0","id":"b-{{{number}}}","source":"https://bench.example","type":"com.ev-power-supplier.charging-station.slot-status.v1",
        "subject":"{{{station}}}","data":{"stationId":"{{{station}}}","slotNumber":1,"status":"available"}}
        """;

    private static async Task LoadAsync(HttpClient browser, string path, CancellationToken cancellation)
    {
        using var answer = await browser.GetAsync(path, cancellation);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null, cancellation);
    }
}
