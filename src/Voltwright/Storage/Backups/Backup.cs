using System.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltwright.Analytics;
using Voltwright.Storage.Postgres;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Storage.Backups;

/// <summary>
/// A whole store as one file, taken while the server runs: a SQLite database, whatever the store is, so that it can be restored into
/// either. What is committed at the moment it begins is in it, nothing else.
/// </summary>
public static class Backup
{
    /// <exception cref="StoreUnavailableException">The folder has no store, or the file cannot be written.</exception>
    public static void OfSqlite(string dataFolder, string file)
    {
        var database = DatabaseOf(dataFolder);
        if (!File.Exists(database))
            throw new StoreUnavailableException($"There is no store in '{dataFolder}'. Name its folder with --data.");
        Refuse(file);
        File.Delete(Unfinished(file));
        // The journal of this moment first: what it lacks is in the tables for good, and what the tables lack then it has.
        List<JournalEntry> journal = Journal.IsIn(dataFolder) ? Journal.Peek(dataFolder, () => PositionOf(dataFolder)) : [];
        CopyTables(dataFolder, file);
        using (var copy = new SqliteFile(Unfinished(file)).OpenForCopying())
            copy.Transact(() => new SqliteRows(copy).AddJournal(journal));
        File.Move(Unfinished(file), file);
    }

    private static void CopyTables(string dataFolder, string file)
    {
        var tables = SqliteFolder.TablesIn(dataFolder);
        tables.Guard(() =>
        {
            using var session = tables.OpenForCopying();
            session["VACUUM INTO ?1"].Bind(1, Unfinished(file)).Run();
        });
    }

    /// <exception cref="StoreUnavailableException">The database cannot be used, or the file cannot be written.</exception>
    public static async Task OfPostgresAsync(PostgresOptions options, string file, CancellationToken cancellation)
    {
        Refuse(file);
        File.Delete(Unfinished(file));
        var target = new SqliteFile(Unfinished(file));
        await using var connections = new PostgresConnections(options, TimeProvider.System);
        await GuardAsync(connections, async () =>
        {
            await using var connection = await connections.OpenAsync(cancellation);
            // One moment of the database, however long the reading takes.
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            using var session = target.Create();
            await CopyAsync(new PostgresRows(connection), new SqliteRows(session), cancellation);
            session["COMMIT"].Run();
        });
        File.Move(Unfinished(file), file);
    }

    /// <exception cref="StoreUnavailableException">The folder has a store already, or the file is no backup.</exception>
    public static void ToSqlite(string file, string dataFolder)
    {
        Missing(file);
        var database = DatabaseOf(dataFolder);
        Refuse(database);
        Directory.CreateDirectory(dataFolder);
        // Of another store; it is built again.
        Figures.Delete(dataFolder);
        File.Copy(file, database);
        try
        {
            // Opened once: a file that is no backup is told here, not at the next start.
            SqliteStore.Open(dataFolder).Dispose();
        }
        catch (StoreUnavailableException)
        {
            File.Delete(database);
            throw;
        }
    }

    /// <exception cref="StoreUnavailableException">The database is not empty or cannot be used, or the file is no backup.</exception>
    public static async Task ToPostgresAsync(string file, PostgresOptions options, CancellationToken cancellation)
    {
        Missing(file);
        var folder = Directory.CreateTempSubdirectory("voltwright-restore-");
        try
        {
            ToSqlite(file, folder.FullName);
            await MigrateAsync(folder.FullName, options, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Moves the store of a data folder, whose server is stopped, into an empty PostgreSQL database. The folder stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">The folder is in use or has no store, or the database is not empty or cannot be used.</exception>
    public static async Task MigrateAsync(string dataFolder, PostgresOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(DatabaseOf(dataFolder)))
            throw new StoreUnavailableException($"There is no store in '{dataFolder}'. Name its folder with --from.");
        // Held open: nobody writes meanwhile, and its tables contain all that its journal does.
        using var held = SqliteStore.Open(dataFolder);
        await using (await PostgresStore.OpenAsync(options, cancellation: cancellation))
        {
            // For its schema and the partitions of this month.
        }

        var source = SqliteFolder.TablesIn(dataFolder);
        await using var connections = new PostgresConnections(options, TimeProvider.System);
        await using var upkeep = new PostgresUpkeep(connections, options, TimeProvider.System, null);
        using var session = source.OpenForReading();
        var rows = new SqliteRows(session);
        await upkeep.EnsureMonthsAsync(MonthsOf(rows), cancellation);
        await GuardAsync(connections, () => CopyAsync(rows, connections, cancellation));
    }

    private static async Task CopyAsync(SqliteRows from, PostgresConnections connections, CancellationToken cancellation)
    {
        await using var connection = await connections.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var to = new PostgresRows(connection);
        if (!await to.IsEmptyAsync(cancellation))
            throw new StoreUnavailableException($"PostgreSQL at {connections.Place} has data of Voltwright already. Name an empty database.");
        await to.AddAsync(from.Streams(), cancellation);
        await to.AddAsync(from.Records(), cancellation);
        await to.AddAsync(from.Events(), TimeProvider.System.GetUtcNow(), cancellation);
        await to.AddAsync(from.Timers(), cancellation);
        await to.AddAsync(from.Replies(), cancellation);
        await to.SetPositionAsync(from.Position, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task CopyAsync(PostgresRows from, SqliteRows to, CancellationToken cancellation)
    {
        await foreach (var row in from.StreamsAsync(cancellation))
            to.Add(row);
        await foreach (var row in from.RecordsAsync(cancellation))
            to.Add(row);
        await foreach (var row in from.EventsAsync(cancellation))
            to.Add(row);
        await foreach (var row in from.TimersAsync(cancellation))
            to.Add(row);
        await foreach (var row in from.RepliesAsync(cancellation))
            to.Add(row);
        to.SetPosition(await from.ReadPositionAsync(cancellation));
    }

    private static IEnumerable<DateTimeOffset> MonthsOf(SqliteRows rows)
    {
        if (rows.RecordTimes is not { } times)
            yield break;
        for (var at = times.First; at < times.Last; at = at.AddDays(28))
            yield return at;
        yield return times.Last;
    }

    private static async Task GuardAsync(PostgresConnections connections, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw PostgresErrors.Explain(e, connections.Place);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException($"The backup cannot be written: {e.Message}.", e);
        }
    }

    private static long PositionOf(string dataFolder)
    {
        var tables = SqliteFolder.TablesIn(dataFolder);
        var position = 0L;
        tables.Guard(() =>
        {
            using var session = tables.OpenForReading();
            position = new SqliteRows(session).Position;
        });
        return position;
    }

    private static string DatabaseOf(string dataFolder) => SqliteFolder.TablesIn(dataFolder).Path;

    /// <summary>Under its own name a backup is always whole.</summary>
    private static string Unfinished(string file) => Path.GetFullPath(file) + ".part";

    private static void Refuse(string file)
    {
        if (File.Exists(file))
            throw new StoreUnavailableException($"'{file}' is there already. Move it away, or name another place.");
    }

    private static void Missing(string file)
    {
        if (!File.Exists(file))
            throw new StoreUnavailableException($"There is no backup '{file}'.");
    }
}
