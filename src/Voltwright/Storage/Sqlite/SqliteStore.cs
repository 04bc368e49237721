using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Voltwright.Storage.Sqlite;

/// <summary>The store in one SQLite file: the default, for one server.</summary>
public sealed class SqliteStore : IStore, IDisposable
{
    private const int FollowedAtOnce = 256;

    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly TimeProvider _clock;

    private SqliteStore(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        _writer = new SqliteWriter(file);
        _readers = new SqliteReaders(file);
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
        foreach (var write in commit.Writes)
            Check(write);
        return _writer.CommitAsync(JournalEntry.Encode(commit, _clock.GetUtcNow()), cancellation);
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

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long afterPosition, int limit, CancellationToken cancellation = default)
    {
        var read = new List<StoredEvent>();
        while (true)
        {
            if (_writer.Recent.Read(afterPosition, limit - read.Count, out var floor) is { } recent)
                return new([.. read, .. recent]);
            read.AddRange(_readers.ReadEvents(afterPosition, limit - read.Count));
            if (read.Count == limit)
                return new(read);
            // The table ended before the page did: memory goes on, from the floor that the table reaches at least.
            afterPosition = Math.Max(floor, read.Count > 0 ? read[^1].Position : 0);
        }
    }

    public async IAsyncEnumerable<StoredEvent> FollowEventsAsync(
        long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var more = _writer.Recent.NextEvent();
            var events = await ReadEventsAsync(afterPosition, FollowedAtOnce, cancellation);
            if (events.Count == 0)
                await more.WaitAsync(cancellation);
            foreach (var e in events)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return e;
                afterPosition = e.Position;
            }
        }
    }

    public async ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation = default)
    {
        await _writer.ProjectAsync(cancellation);
        return _readers.ReadTimers();
    }

    public IDisposable WatchTimers(Action<TimerChange> changed)
    {
        _writer.TimerChanged += changed;
        return new Watch(() => _writer.TimerChanged -= changed);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
        _file.Dispose();
    }

    /// <summary>Refused here, because a text that is not JSON would stop the tables' indexes once it is in the journal.</summary>
    private static void Check(StreamWrite write)
    {
        StreamName.KindOf(write.Stream);
        CheckJson(write.Stream, write.State);
        CheckJson(write.Stream, write.Record);
    }

    private static void CheckJson(string stream, ReadOnlyMemory<byte>? text)
    {
        if (text is not { } utf8)
            return;
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"What is written to '{stream}' is not JSON: {e.Message}", nameof(text), e);
        }
    }

    private sealed class Watch(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
