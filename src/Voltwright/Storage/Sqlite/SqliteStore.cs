namespace Voltwright.Storage.Sqlite;

/// <summary>The store in one SQLite file: the default, for one server.</summary>
public sealed class SqliteStore : IStore, IDisposable
{
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly FollowedLog _log;
    private readonly TimeProvider _clock;

    private SqliteStore(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        _writer = new SqliteWriter(file);
        _readers = new SqliteReaders(file);
        _log = new FollowedLog(_writer.Recent, (after, limit, _) => new(_readers.ReadEvents(after, limit)));
        _writer.Start();
    }

    /// <summary>Opens or creates the store of a data folder, and brings its tables up to date.</summary>
    /// <exception cref="StoreUnavailableException">The folder or its database cannot be used.</exception>
    public static SqliteStore Open(string dataFolder, TimeProvider? clock = null)
    {
        var file = SqliteFile.Open(dataFolder);
        SqliteStore? store = null;
        try
        {
            file.Guard(() => store = new SqliteStore(file, clock ?? TimeProvider.System));
            return store!;
        }
        finally
        {
            if (store is null)
                file.Dispose();
        }
    }

    public long LastEventPosition => _writer.Recent.Last;

    public ValueTask<long> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        CommitRules.Check(commit);
        return _writer.CommitAsync(JournalFormat.Encode(commit, _clock.GetUtcNow()), cancellation);
    }

    public ValueTask<StoredState?> LoadAsync(string stream, CancellationToken cancellation = default)
    {
        // Memory before table: what memory no longer has, the table has.
        if (_writer.Unprojected.FindHead(stream) is { } head)
            return new(head.Body is { } body ? new StoredState(head.Version, body) : null);
        return new(_readers.FindState(stream));
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation = default) =>
        new(_writer.Unprojected.FindReply(key) ?? _readers.FindReply(key));

    public async ValueTask<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.List(kind, filters, limit, after, oldestFirst: false);
    }

    public async ValueTask<Page<ListedState>> ListOldestAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.List(kind, filters, limit, after, oldestFirst: true);
    }

    public async ValueTask<long> CountAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.Count(kind, filters);
    }

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        string stream, long afterVersion = 0, int limit = 1000, CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.ReadRecords(stream, afterVersion, limit);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        _log.ReadAsync(afterPosition, limit, cancellation);

    public async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        EventQuery query, long? before, int limit, CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.FindEvents(query, before ?? long.MaxValue, limit);
    }

    public IAsyncEnumerable<StoredEvent> FollowEventsAsync(long afterPosition, CancellationToken cancellation) =>
        _log.FollowAsync(afterPosition, cancellation);

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.ReadTimers();
    }

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(DateTimeOffset dueBy, int limit, CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
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
        _readers.Dispose();
        _file.Dispose();
    }
}
