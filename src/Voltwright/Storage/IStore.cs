namespace Voltwright.Storage;

/// <summary>
/// Where everything durable lives. One committer gathers what all grains want to persist, writes it in one transaction,
/// then answers them all; read models follow off the hot path and can be rebuilt from the journal.
/// </summary>
/// <remarks>
/// A stream is named <c>kind/id</c> (<c>station/CP1</c>, <c>session/…</c>, <c>run/…</c>) and holds its newest state whole, so
/// that loading never replays. What led to a state is kept beside it as records, for the question "why did this happen?".
/// </remarks>
public interface IStore
{
    /// <summary>Makes the commit durable, whole or not at all. Returns the journal position it took.</summary>
    /// <exception cref="StaleVersionException">
    /// A stream moved on since it was loaded, or the reply's key is taken (stream <c>reply/{key}</c>): nothing was written.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The disk is full or failing: nothing was written.</exception>
    ValueTask<long> CommitAsync(Commit commit, CancellationToken cancellation = default);

    /// <summary>The newest committed state of a stream, projected or not; null when there is none or it was removed.</summary>
    ValueTask<StoredState?> LoadAsync(string stream, CancellationToken cancellation = default);

    /// <summary>The answer kept under an idempotency key; null when the key is new.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindReplyAsync(string key, CancellationToken cancellation = default);

    /// <summary>
    /// The states of one kind, newest first, filtered by equality on top-level or dotted JSON properties
    /// (<c>("status", "charging")</c>, <c>("workflow.name", "…")</c>); of one named several times, any of its values.
    /// Includes everything committed before the call.
    /// </summary>
    ValueTask<Page<ListedState>> ListAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default);

    /// <summary>The same, oldest first.</summary>
    ValueTask<Page<ListedState>> ListOldestAsync(
        string kind, IReadOnlyList<(string Path, string Value)> filters, int limit, string? after = null,
        CancellationToken cancellation = default);

    /// <summary>How many states <see cref="ListAsync"/> would give.</summary>
    ValueTask<long> CountAsync(string kind, IReadOnlyList<(string Path, string Value)> filters, CancellationToken cancellation = default);

    /// <summary>What led a stream to its state, oldest first.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(
        string stream, long afterVersion = 0, int limit = 1000, CancellationToken cancellation = default);

    /// <summary>The position of the newest committed event, or a later one.</summary>
    long LastEventPosition { get; }

    /// <summary>Committed events after a position, oldest first; does not wait for new ones.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(long afterPosition, int limit, CancellationToken cancellation = default);

    /// <summary>Committed events before a position, newest first, those that the query wants.</summary>
    /// <param name="before">Null begins with the newest of all.</param>
    ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        EventQuery query, long? before, int limit, CancellationToken cancellation = default) =>
        query.SearchAsync(this, before ?? LastEventPosition + 1, limit, cancellation);

    /// <summary>Committed events after a position, then the new ones as they are committed, each once, in order.</summary>
    IAsyncEnumerable<StoredEvent> FollowEventsAsync(long afterPosition, CancellationToken cancellation);

    /// <summary>Every timer that is set.</summary>
    ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(CancellationToken cancellation = default);

    /// <summary>The timers that are due by then, soonest first.</summary>
    ValueTask<IReadOnlyList<Timer>> ReadTimersAsync(DateTimeOffset dueBy, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Calls back for each timer change of this process once it is durable, in commit order, until disposed. The callback is quick and never waits:
    /// the store's writer makes the call.
    /// </summary>
    IDisposable WatchTimers(Action<TimerChange> changed);

    /// <summary>
    /// Calls back with the stream of a key, workflow or tariff that another process changed, with null when any may have changed;
    /// until disposed. The callback never waits.
    /// </summary>
    IDisposable WatchSettings(Action<string?> changed);
}
