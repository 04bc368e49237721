using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Voltwright.Storage.Sqlite;

/// <summary>The store in a folder, tables in SQLite: the default, for one server.</summary>
public sealed class SqliteStore : IStore, IDisposable
{
    private readonly SqliteFolder _folder;
    private readonly Journal _journal;
    private readonly SqliteReaders _readers;
    private readonly RecentEvents _recent;
    private readonly Projector _projector;
    private readonly SqliteWriter _writer;
    private readonly FollowedLog _log;
    private readonly TimeProvider _clock;

    private SqliteStore(SqliteFolder folder, Journal journal, SqliteSession tables, Projection projection, TimeProvider clock, ILogger? log)
    {
        (_folder, _journal, _clock) = (folder, journal, clock);
        CatchUp(folder, projection, journal.Read(projection.Position));
        _recent = new RecentEvents(projection.Position);
        _readers = new SqliteReaders(folder.Tables);
        _projector = new Projector(folder.Tables, tables, projection, _recent, log);
        _writer = new SqliteWriter(journal, _projector, _readers, _recent, projection.Position);
        _log = new FollowedLog(_recent, (after, limit, _) => new(_readers.ReadEvents(after, limit)));
        _projector.Start();
        _writer.Start();
    }

    /// <summary>Opens or creates the store of a data folder, and brings its tables up to date.</summary>
    /// <exception cref="StoreUnavailableException">The folder or its files cannot be used.</exception>
    public static SqliteStore Open(string dataFolder, TimeProvider? clock = null, ILogger? log = null) => Open(dataFolder, clock, new JournalDisk(), log);

    internal static SqliteStore Open(string dataFolder, TimeProvider? clock, IJournalDisk disk, ILogger? log = null)
    {
        var folder = SqliteFolder.Open(dataFolder);
        var opened = new Stack<IDisposable>([folder]);
        SqliteStore? store = null;
        try
        {
            folder.Tables.Guard(() =>
            {
                var tables = folder.Tables.OpenForWriting();
                opened.Push(tables);
                var projection = new Projection(tables);
                CatchUp(folder, projection, BackedUp(tables));
                tables["DELETE FROM journal"].Run();
                var id = tables["SELECT id FROM store"].Only(r => r.Text(0))!;
                var journal = Journal.Open(folder.Path, id, projection.Position, disk);
                opened.Push(journal);
                store = new SqliteStore(folder, journal, tables, projection, clock ?? TimeProvider.System, log);
            });
            return store!;
        }
        finally
        {
            while (store is null && opened.TryPop(out var part))
                part.Dispose();
        }
    }

    public long LastEventPosition => _recent.Last;

    public ValueTask<long> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        CommitRules.Check(commit);
        return _writer.CommitAsync(JournalEntry.Of(commit, _clock.GetUtcNow()), cancellation);
    }

    public ValueTask<StoredState?> LoadAsync(string stream, CancellationToken cancellation = default)
    {
        // Memory before table: what memory no longer has, the table has.
        if (_projector.Unprojected.FindHead(stream) is { } head)
            return new(head.Body is { } body ? new StoredState(head.Version, body) : null);
        return new(_readers.FindState(stream));
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation = default) =>
        new(_projector.Unprojected.FindReply(key) ?? _readers.FindReply(key));

    public async ValueTask<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.List(kind, filters, limit, after, oldestFirst: false);
    }

    public async ValueTask<Page<ListedState>> ListOldestAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.List(kind, filters, limit, after, oldestFirst: true);
    }

    public async ValueTask<long> CountAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.Count(kind, filters);
    }

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        string stream, long afterVersion = 0, int limit = 1000, CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.ReadRecords(stream, afterVersion, limit);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        _log.ReadAsync(afterPosition, limit, cancellation);

    public async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        EventQuery query, long? before, int limit, CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.FindEvents(query, before ?? long.MaxValue, limit);
    }

    public IAsyncEnumerable<StoredEvent> FollowEventsAsync(long afterPosition, CancellationToken cancellation) =>
        _log.FollowAsync(afterPosition, cancellation);

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.ReadTimers();
    }

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(DateTimeOffset dueBy, int limit, CancellationToken cancellation = default)
    {
        await _projector.ProjectAsync(cancellation);
        return _readers.ReadTimers(dueBy, limit);
    }

    public IDisposable WatchTimers(Action<TimerChange> changed)
    {
        _writer.TimerChanged += changed;
        return new Watch(() => _writer.TimerChanged -= changed);
    }

    /// <summary>Nobody else has this store open.</summary>
    public IDisposable WatchSettings(Action<string?> changed) => new Watch(() => { });

    public void Dispose()
    {
        _writer.Dispose();
        _projector.Dispose();
        _recent.Close();
        _readers.Dispose();
        EmptyJournal();
        _journal.Dispose();
        _folder.Dispose();
    }

    /// <summary>After an orderly end the tables alone are the whole store.</summary>
    private void EmptyJournal()
    {
        try
        {
            if (_writer.Committed == _projector.Projected)
                _journal.Empty();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start finds what it has already, and passes over it.
        }
    }

    /// <summary>What a backup, or an earlier version, left in the tables' own database.</summary>
    private static List<JournalEntry> BackedUp(SqliteSession tables)
    {
        var entries = new List<JournalEntry>();
        var read = tables["SELECT position, body FROM journal WHERE position > (SELECT position FROM checkpoint) ORDER BY position"];
        while (read.Step())
        {
            var entry = JournalFormat.Decode(read.Bytes(1));
            entry.Position = read.Int64(0);
            entries.Add(entry);
        }

        return entries;
    }

    private static void CatchUp(SqliteFolder folder, Projection projection, IEnumerable<JournalEntry> entries)
    {
        try
        {
            projection.CatchUp(entries);
        }
        catch (InvalidDataException e)
        {
            throw new StoreUnavailableException(
                $"The journal in '{folder.Path}' does not fit '{folder.Tables.Path}': {e.Message}. Put the files that belong together into the "
                + "folder, or move the journal's away to go on without what only they have.",
                e);
        }
    }
}
