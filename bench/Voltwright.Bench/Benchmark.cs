namespace Voltwright.Bench;

/// <summary>One benchmark: a name to ask for it by, what it is about, and the measurements it reports.</summary>
public sealed record Benchmark(string Name, string About, Func<Report, CancellationToken, Task> RunAsync)
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("jq", "jq expressions against libjq and the jq program", Expressions.JqBenchmark.RunAsync),
        new("engine", "workflow tasks in memory, and a run of calls against the same calls in C#", Runs.EngineBenchmark.RunAsync),
        new("store", "durable commits on SQLite, together and one at a time", Storage.StoreBenchmark.RunAsync),
        new("runs", "whole runs of a first tap in the real server, durable on SQLite", Runs.RunsBenchmark.RunAsync),
    ];
}
