using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltwright.Storage;
using Voltwright.Storage.Postgres;

namespace Voltwright.Analytics;

/// <summary>
/// The read model of analytics: sessions that are over, and sums by hour, day and month. Beside a SQLite store it is a file of its own, so
/// that long questions never meet the store's writer; in PostgreSQL it is the schema <c>analytics</c>. It can be built again from the store.
/// </summary>
/// <remarks>The statements are the same for both, but for one.</remarks>
public sealed partial class Figures : IAsyncDisposable, IDisposable
{
    /// <summary>The file beside the store's.</summary>
    public const string FileName = "analytics.db";

    private readonly DbDataSource _source;
    private readonly string _place;

    /// <summary>Run on each connection.</summary>
    private readonly string _settings;

    private Figures(DbDataSource source, string place, string settings) => (_source, _place, _settings) = (source, place, settings);

    /// <exception cref="StoreUnavailableException">The folder or the file cannot be used.</exception>
    public static Figures OpenSqlite(string dataFolder)
    {
        var path = Path.Combine(Directory.CreateDirectory(dataFolder).FullName, FileName);
        var settings = new SqliteConnectionStringBuilder { DataSource = path };
        // What a power failure takes is read from the log again: the position goes with it.
        var figures = new Figures(
            SqliteFactory.Instance.CreateDataSource(settings.ToString()), $"'{path}'", "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768");
        figures.PrepareAsync("PRAGMA journal_mode = WAL", "Sqlite", CancellationToken.None).GetAwaiter().GetResult();
        return figures;
    }

    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    public static async Task<Figures> OpenPostgresAsync(PostgresOptions options, CancellationToken cancellation = default)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { SearchPath = "analytics" };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        DbDataSource source = settings.Host?.Contains(',', StringComparison.Ordinal) == true
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
        // Compiling a question takes longer than answering it. A node that freezes while it writes must not hold up its successor.
        var figures = new Figures(source, $"PostgreSQL at {settings.Host}:{settings.Port}", $"SET jit = off; SET {PostgresConnections.AbandonedAfter}");
        // Of several processes that start at once, one makes the tables.
        await figures.PrepareAsync($"SELECT pg_advisory_xact_lock({PostgresSchema.Lock})", "Postgres", cancellation);
        return figures;
    }

    /// <summary>Deletes the read model of a data folder whose server is stopped; the next start builds it again.</summary>
    public static void Delete(string dataFolder)
    {
        foreach (var ending in (ReadOnlySpan<string>)["", "-wal", "-shm"])
            File.Delete(Path.Combine(dataFolder, FileName + ending));
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        if (_source.ConnectionString is { } settings && _source is not NpgsqlDataSource)
        {
            using var connection = new SqliteConnection(settings);
            SqliteConnection.ClearPool(connection);
        }

        _source.Dispose();
    }

    private Task<int> PrepareAsync(string first, string schema, CancellationToken cancellation) => AskAsync(
        async connection =>
        {
            using var reader = new StreamReader(
                typeof(Figures).Assembly.GetManifestResourceStream($"Voltwright.Analytics.Schema.{schema}.sql")!);
            var script = await reader.ReadToEndAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"{first};\n{script}";
            return await command.ExecuteNonQueryAsync(cancellation);
        },
        cancellation);

    private async Task<T> AskAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            if (_settings.Length > 0)
            {
                await using var set = new Statement(connection, null, _settings);
                await set.RunAsync(cancellation);
            }

            return await question(connection);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException(
                $"The figures in {_place} cannot be used: {e.Message} Free space on the disk; or stop the server and delete the file: "
                + "it is built again from the store.", e);
        }
        catch (NpgsqlException e)
        {
            throw PostgresErrors.Explain(e, _place);
        }
    }
}
