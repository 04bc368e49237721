using System.Diagnostics;
using System.Text;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Bench.Storage;

/// <summary>Durable commits a second on SQLite, each forced to disk before it is answered: many together, and one after the other.</summary>
internal static class StoreBenchmark
{
    public const int Streams = 256;
    private const int AfterOneAnother = 500;
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(4);

    /// <summary>About what a step of a run is: a state of half a kilobyte, a record, and an event now and then.</summary>
    private static readonly byte[] State = Encoding.UTF8.GetBytes($"{{\"status\":\"running\",\"data\":\"{new string('x', 440)}\"}}");
    private static readonly byte[] Record = Encoding.UTF8.GetBytes($"{{\"cause\":\"httpAnswered\",\"trace\":\"{new string('y', 200)}\"}}");

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            using var store = SqliteStore.Open(folder.FullName);
            var alone = await AloneAsync(store, cancellation);
            var (rate, perCore) = await TogetherAsync(store, cancellation);
            report.Add(
                $"commits by {Streams} writers, each durable before its answer", rate, "commits/s by the clock",
                new("one commit at a time", alone), new(20_000));
            report.Add("the same by processor time", perCore, "commits/s per core");
            report.Remark($"The data lay in {folder.FullName}; a file system that does not really write to disk flatters.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task<double> AloneAsync(IStore store, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var version = 0L; version < AfterOneAnother; version++)
            await store.CommitAsync(Step("run/alone", version), cancellation);
        return AfterOneAnother / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static async Task<(double Rate, double PerCore)> TogetherAsync(IStore store, CancellationToken cancellation, int firstStream = 0)
    {
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var counts = await Task.WhenAll(Enumerable.Range(firstStream, Streams)
            .Select(i => Task.Run(() => WriteAsync(store, $"run/{i}", started, cancellation), cancellation)));
        var used = Environment.CpuUsage.TotalTime - processor;
        return (counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, counts.Sum() / used.TotalSeconds);
    }

    private static async Task<long> WriteAsync(IStore store, string stream, long started, CancellationToken cancellation)
    {
        var version = 0L;
        while (Stopwatch.GetElapsedTime(started) < Together)
            await store.CommitAsync(Step(stream, version++), cancellation);
        return version;
    }

    private static Commit Step(string stream, long version) => new()
    {
        Writes = [new StreamWrite(stream, version, State, Record)],
        Events = version % 4 == 0 ? [JsonObject.Of(("type", "bench.step.v1"), ("id", $"{stream}/{version}"), ("source", "/bench"))] : [],
    };
}
