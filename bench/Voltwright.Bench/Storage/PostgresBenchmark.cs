using Voltwright.Bench.Cluster;
using Voltwright.Storage.Postgres;

namespace Voltwright.Bench.Storage;

/// <summary>
/// Durable commits a second on the PostgreSQL server that VOLTWRIGHT_POSTGRES names, in a database of its own: by one store, and by
/// three at once, each with a committer and connections of its own as separate processes have them.
/// </summary>
internal static class PostgresBenchmark
{
    private const int Most = 3;

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        if (ScratchDatabase.FindServer(report) is not { } server)
            return;

        await using var database = await ScratchDatabase.CreateAsync(server, cancellation);
        var stores = new List<PostgresStore>();
        try
        {
            for (var i = 0; i < Most; i++)
                stores.Add(await PostgresStore.OpenAsync(new PostgresOptions(database.ConnectionString), cancellation: cancellation));
            var alone = await StoreBenchmark.AloneAsync(stores[0], cancellation);
            var (one, _) = await StoreBenchmark.TogetherAsync(stores[0], cancellation);
            report.Add($"commits by {StoreBenchmark.Streams} writers on one store", one, "commits/s by the clock", new("one commit at a time", alone));
            var rates = await Task.WhenAll(stores.Select((store, i) => Task.Run(
                () => StoreBenchmark.TogetherAsync(store, cancellation, (i + 1) * StoreBenchmark.Streams), cancellation)));
            report.Add($"the same by {Most} stores at once, together", rates.Sum(r => r.Rate), "commits/s by the clock", new("one store", one));
            report.Remark("All stores and the server share this machine's processors: together they cannot do more than those allow.");
        }
        finally
        {
            foreach (var store in stores)
                await store.DisposeAsync();
        }
    }
}
