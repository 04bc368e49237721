using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>The store in a PostgreSQL database, for one server or several at once.</summary>
public sealed class PostgresStore : IStore, IAsyncDisposable, IDisposable
{
    private readonly PostgresConnections _connections;
    private readonly PostgresReaders _readers;
    private readonly PostgresUpkeep _upkeep;
    private readonly PostgresTail _tail;
    private readonly PostgresWriter _writer;
    private readonly TimeProvider _clock;
    private FollowedLog? _log;
    private bool _isDisposed;

    private PostgresStore(PostgresOptions options, TimeProvider clock, ILogger? log)
    {
        _clock = clock;
        _connections = new PostgresConnections(options, clock);
        _readers = new PostgresReaders(_connections);
        _upkeep = new PostgresUpkeep(_connections, options, clock, log);
        _tail = new PostgresTail(_connections, _readers, clock, log);
        _writer = new PostgresWriter(_connections, options, _tail, _upkeep, clock);
    }

    public long LastEventPosition => _tail.Known;

    private FollowedLog Log => _log ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>Brings the database's schema up to date and opens the store.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    public static async Task<PostgresStore> OpenAsync(
        PostgresOptions options, TimeProvider? clock = null, ILogger? log = null, CancellationToken cancellation = default)
    {
        var store = new PostgresStore(options, clock ?? TimeProvider.System, log);
        try
        {
            await store.StartAsync(cancellation);
            return store;
        }
        catch (Exception e)
        {
            await store.DisposeAsync();
            throw e is StoreUnavailableException ? e : PostgresErrors.Explain(e, store._connections.Place);
        }
    }

    public ValueTask<long> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        CommitRules.Check(commit);
        return _writer.CommitAsync(JournalEntry.Of(commit, _clock.GetUtcNow()), cancellation);
    }

    public async ValueTask<StoredState?> LoadAsync(string stream, CancellationToken cancellation = default) =>
        await _readers.FindStateAsync(stream, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation = default) =>
        await _readers.FindReplyAsync(key, cancellation);

    public async ValueTask<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default) => await _readers.ListAsync(kind, filters, limit, after, oldestFirst: false, cancellation);

    public async ValueTask<Page<ListedState>> ListOldestAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default) => await _readers.ListAsync(kind, filters, limit, after, oldestFirst: true, cancellation);

    public async ValueTask<long> CountAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation = default) =>
        await _readers.CountAsync(kind, filters, cancellation);

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        string stream, long afterVersion = 0, int limit = 1000, CancellationToken cancellation = default) =>
        await _readers.ReadRecordsAsync(stream, afterVersion, limit, cancellation);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        long afterPosition, int limit, CancellationToken cancellation = default)
    {
        // Memory may lag behind what another process has committed: only the table can say that there is nothing.
        var read = await Log.ReadAsync(afterPosition, limit, cancellation);
        return read.Count > 0 ? read : await _readers.ReadEventsAsync(afterPosition, limit, cancellation);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        EventQuery query, long? before, int limit, CancellationToken cancellation = default) =>
        await _readers.FindEventsAsync(query, before ?? long.MaxValue, limit, cancellation);

    public IAsyncEnumerable<StoredEvent> FollowEventsAsync(long afterPosition, CancellationToken cancellation) =>
        Log.FollowAsync(afterPosition, cancellation);

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation = default) =>
        await _readers.ReadTimersAsync(cancellation);

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(DateTimeOffset dueBy, int limit, CancellationToken cancellation = default) =>
        await _readers.ReadTimersAsync(dueBy, limit, cancellation);

    public IDisposable WatchTimers(Action<TimerChange> changed)
    {
        _writer.TimerChanged += changed;
        return new Watch(() => _writer.TimerChanged -= changed);
    }

    public IDisposable WatchSettings(Action<string?> changed)
    {
        _tail.SettingChanged += changed;
        return new Watch(() => _tail.SettingChanged -= changed);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _writer.DisposeAsync();
        await _tail.DisposeAsync();
        await _upkeep.DisposeAsync();
        await _connections.DisposeAsync();
    }

    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    private async Task StartAsync(CancellationToken cancellation)
    {
        await using (var connection = await _connections.OpenAsync(cancellation))
        {
            if (await PostgresSchema.ApplyAsync(connection, _connections.Place))
                await connection.ReloadTypesAsync(cancellation);
        }

        await _upkeep.StartAsync(cancellation);
        await _tail.StartAsync(cancellation);
        _log = new FollowedLog(_tail.Recent, _readers.ReadEventsAsync);
        _writer.Start();
    }
}
