using Waiting = Voltwright.Storage.CommitQueue.Waiting;

namespace Voltwright.Storage.Sqlite;

/// <summary>The only committer: one thread that gathers all waiting commits, writes them to the journal at once, then answers them all.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly CommitQueue _queue = new();
    private readonly Journal _journal;
    private readonly Projector _projector;
    private readonly RecentEvents _recent;
    private readonly Batch _batch;
    private readonly Thread _thread;
    private long _committed;

    /// <param name="tables">What is committed and no longer in memory.</param>
    /// <param name="committed">The last position given.</param>
    public SqliteWriter(Journal journal, Projector projector, SqliteReaders tables, RecentEvents recent, long committed)
    {
        (_journal, _projector, _recent, _committed) = (journal, projector, recent, committed);
        // Memory before table: what memory no longer has, the table has.
        _batch = new Batch(
            stream => projector.Unprojected.FindHead(stream)?.Version ?? tables.FindVersion(stream),
            key => projector.Unprojected.FindReply(key) is not null || tables.HasReply(key));
        _thread = new Thread(Work) { Name = "store writer", IsBackground = true };
    }

    /// <summary>Called on the writer's thread, in commit order, once the change is durable.</summary>
    public event Action<TimerChange>? TimerChanged;

    /// <summary>The last position given; for when it has ended.</summary>
    public long Committed => _committed;

    public void Start() => _thread.Start();

    public async ValueTask<long> CommitAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var waiting = new Waiting(entry);
        await _queue.EnqueueAsync(waiting, cancellation);
        // From here on it may be durable: giving up would leave the caller in doubt.
        return await waiting.Task;
    }

    public void Dispose()
    {
        _queue.Close();
        if (_thread.IsAlive)
            _thread.Join();
    }

    private void Work()
    {
        var gathered = new List<Waiting>(CommitQueue.AtOnce);
        while (_queue.WaitAsync().AsTask().GetAwaiter().GetResult())
        {
            _queue.Take(gathered);
            Commit(gathered);
            gathered.Clear();
            _projector.WaitForRoom();
        }
    }

    private void Commit(List<Waiting> gathered)
    {
        var position = _committed;
        foreach (var waiting in gathered)
        {
            var entry = waiting.Entry;
            if (Refuses(entry) is { } refusal)
            {
                waiting.SetException(refusal);
                continue;
            }

            position = entry.Position = position + entry.Span;
        }

        var accepted = _batch.Take();
        if (accepted.Count == 0)
            return;
        try
        {
            _journal.Append(accepted, _projector.Projected);
        }
        catch (Exception e)
        {
            // Nothing of the batch is in the journal: everyone is told, and the next batch starts afresh.
            foreach (var waiting in gathered)
                waiting.TrySetException(e);
            return;
        }

        Publish(accepted, position);
        foreach (var waiting in gathered)
            waiting.TrySetResult(waiting.Entry.Position);
    }

    private Exception? Refuses(JournalEntry entry)
    {
        try
        {
            return _batch.Refuses(entry);
        }
        catch (StoreUnavailableException e)
        {
            return e;
        }
    }

    private void Publish(List<JournalEntry> entries, long position)
    {
        _committed = position;
        // Readers look into memory first: there it must be before anyone is told.
        _projector.Add(entries);
        foreach (var timer in entries.SelectMany(e => e.Commit.Timers))
            TimerChanged?.Invoke(timer);
        _recent.Add(entries);
    }
}
