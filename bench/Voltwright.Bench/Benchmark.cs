namespace Voltwright.Bench;

/// <summary>One benchmark: a name to ask for it by, what it is about, and the measurements it reports.</summary>
/// <param name="OnRequest">It takes long: only when it is named.</param>
public sealed record Benchmark(string Name, string About, Func<Report, CancellationToken, Task> RunAsync, bool OnRequest = false)
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("jq", "jq expressions against libjq and the jq program", Expressions.JqBenchmark.RunAsync),
        new("engine", "workflow tasks in memory, and a run of calls against the same calls in C#", Runs.EngineBenchmark.RunAsync),
        new("store", "durable commits on SQLite, together and one at a time", Storage.StoreBenchmark.RunAsync),
        new("postgres", "durable commits on PostgreSQL, by one process and by three", Storage.PostgresBenchmark.RunAsync),
        new("cluster", "three nodes on PostgreSQL, killed in turn under stations in session", Cluster.ClusterBenchmark.RunAsync),
        new("nodes", "durable transactions at one, two and three nodes on PostgreSQL", Cluster.NodesBenchmark.RunAsync),
        new("runs", "whole runs of a first tap in the real server, durable on SQLite", Runs.RunsBenchmark.RunAsync),
        new("ocpp", "ten thousand stations at the server: heartbeats, durable transactions, a mute one, storms", Ocpp.OcppBenchmark.RunAsync),
        new("startup", "from starting the process to the first answered request", Serving.StartupBenchmark.RunAsync),
        new("tap", "a card tap at an idle server, to the answer and to the LED", Serving.TapBenchmark.RunAsync),
        new("console", "pages of the console at 5000 stations and 200 events a second", Serving.ConsoleBenchmark.RunAsync),
        new("telemetry", "what metrics and traces cost", Runs.TelemetryBenchmark.RunAsync),
        new("analytics", "questions about a year of --sessions", Analytics.AnalyticsBenchmark.RunAsync, OnRequest: true),
        new("soak", "mixed load for --minutes: memory, queues and latency stay as they are", Serving.SoakBenchmark.RunAsync, OnRequest: true),
    ];
}
