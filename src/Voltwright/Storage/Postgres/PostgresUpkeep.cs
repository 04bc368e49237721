using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>Makes the months' partitions before they are needed, and drops what is kept no longer. One process at a time.</summary>
internal sealed class PostgresUpkeep(PostgresConnections connections, PostgresOptions options, TimeProvider clock, ILogger? log)
    : IAsyncDisposable
{
    /// <summary>Nobody repeats a request later than that.</summary>
    public static readonly TimeSpan RepliesKept = TimeSpan.FromDays(30);

    private const int AtOnce = 10_000;
    private static readonly string[] History = ["events", "records"];
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _working = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await SweepAsync(cancellation);
        _working = Task.Run(WorkAsync, CancellationToken.None);
    }

    public Task EnsureMonthsAsync(IEnumerable<DateTimeOffset> times, CancellationToken cancellation)
    {
        var months = times.Select(MonthOf).Distinct().ToList();
        return AloneAsync(connection => MakeAsync(connection, months), cancellation);
    }

    /// <summary>What happens every hour.</summary>
    public Task SweepAsync(CancellationToken cancellation) => AloneAsync(
        async connection =>
        {
            var month = MonthOf(clock.GetUtcNow());
            await MakeAsync(connection, [month, month.AddMonths(1)]);
            if (options.HistoryKept is { } kept)
                await DropAsync(connection, MonthOf(clock.GetUtcNow() - kept));
            await RunAsync(connection, "DELETE FROM writers WHERE at < $1", clock.GetUtcNow() - RepliesKept);
            while (await RunAsync(
                connection, $"DELETE FROM replies WHERE key IN (SELECT key FROM replies WHERE at < $1 LIMIT {AtOnce})",
                clock.GetUtcNow() - RepliesKept) == AtOnce)
            {
            }
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
    }

    private static DateTimeOffset MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static async Task MakeAsync(NpgsqlConnection connection, IReadOnlyList<DateTimeOffset> months)
    {
        foreach (var month in months)
        {
            foreach (var table in History)
            {
                await RunAsync(connection, string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    CREATE TABLE IF NOT EXISTS {table}_{month:yyyy_MM} PARTITION OF {table}
                    FOR VALUES FROM ('{month:yyyy-MM-dd} 00:00:00+00') TO ('{month.AddMonths(1):yyyy-MM-dd} 00:00:00+00')
                    """));
            }
        }
    }

    /// <summary>Partitions of months before that one.</summary>
    private static async Task DropAsync(NpgsqlConnection connection, DateTimeOffset first)
    {
        var old = new List<string>();
        foreach (var table in History)
        {
            await using var command = new NpgsqlCommand(
                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = $1::regclass", connection)
            { Parameters = { new NpgsqlParameter { Value = table } } };
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var name = reader.GetString(0);
                if (string.CompareOrdinal(name, string.Create(CultureInfo.InvariantCulture, $"{table}_{first:yyyy_MM}")) < 0)
                    old.Add(name);
            }
        }

        foreach (var name in old)
            await RunAsync(connection, $"DROP TABLE {name}");
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(PostgresConnections.Parameter(value));
        return await command.ExecuteNonQueryAsync();
    }

    private async Task AloneAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellation) => await connections.AskAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await RunAsync(connection, PostgresConnections.EndWhenAbandoned);
            await RunAsync(connection, "SELECT pg_advisory_xact_lock($1)", PostgresSchema.Lock);
            await work(connection);
            await transaction.CommitAsync(cancellation);
            return true;
        },
        cancellation);

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_stopping.Token);
                await SweepAsync(_stopping.Token);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // Closing.
            }
            catch (Exception e)
            {
                log?.LogWarning("Old history could not be dropped: {Reason}", e.Message);
            }
        }
    }
}
