using Voltwright.Storage;
using Voltwright.Storage.Sqlite;

namespace Voltwright.Bench.Runs;

/// <summary>The store of the product, with its commits counted.</summary>
internal sealed class CountingStore(SqliteStore store) : IStore, IDisposable
{
    private long _commits;

    public long LastEventPosition => store.LastEventPosition;

    public long Commits => Interlocked.Read(ref _commits);

    public ValueTask<long> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _commits);
        return store.CommitAsync(commit, cancellation);
    }

    public ValueTask<StoredState?> LoadAsync(string stream, CancellationToken cancellation = default) => store.LoadAsync(stream, cancellation);

    public ValueTask<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation = default) => store.FindReplyAsync(key, cancellation);

    public ValueTask<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null, CancellationToken cancellation = default) =>
        store.ListAsync(kind, filters, limit, after, cancellation);

    public ValueTask<Page<ListedState>> ListOldestAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null, CancellationToken cancellation = default) =>
        store.ListOldestAsync(kind, filters, limit, after, cancellation);

    public ValueTask<long> CountAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation = default) =>
        store.CountAsync(kind, filters, cancellation);

    public ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        string stream, long afterVersion = 0, int limit = 1000, CancellationToken cancellation = default) =>
        store.ReadRecordsAsync(stream, afterVersion, limit, cancellation);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long afterPosition, int limit, CancellationToken cancellation = default) =>
        store.ReadEventsAsync(afterPosition, limit, cancellation);

    public IAsyncEnumerable<StoredEvent> FollowEventsAsync(long afterPosition, CancellationToken cancellation) =>
        store.FollowEventsAsync(afterPosition, cancellation);

    public ValueTask<IReadOnlyList<Voltwright.Storage.Timer>> ReadTimersAsync(CancellationToken cancellation = default) => store.ReadTimersAsync(cancellation);

    public ValueTask<IReadOnlyList<Voltwright.Storage.Timer>> ReadTimersAsync(
        DateTimeOffset dueBy, int limit, CancellationToken cancellation = default) => store.ReadTimersAsync(dueBy, limit, cancellation);

    public IDisposable WatchSettings(Action<string?> changed) => store.WatchSettings(changed);

    public IDisposable WatchTimers(Action<TimerChange> changed) => store.WatchTimers(changed);

    public void Dispose() => store.Dispose();
}
