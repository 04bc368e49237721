using Microsoft.Data.Sqlite;
using Waiting = Voltwright.Storage.CommitQueue.Waiting;

namespace Voltwright.Storage.Sqlite;

/// <summary>
/// The only writer: one thread that gathers all waiting commits, writes them in one transaction, then answers them all.
/// When nothing waits, or too much is unprojected, it brings the tables up to date.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int LagLimit = 4096;
    private const long LagBytesLimit = 32L << 20;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CommitQueue _queue = new();
    private readonly Queue<JournalEntry> _lag = new();
    private readonly SqliteFile _file;
    private readonly SqliteSession _session;
    private readonly Projection _projection;
    private readonly Batch _batch;
    private readonly Thread _thread;
    private long _committed;
    private long _projected;
    private long _lagBytes;
    private bool _isProjectionFailing;

    public SqliteWriter(SqliteFile file)
    {
        _file = file;
        _session = file.OpenForWriting();
        _projection = new Projection(_session, (stream, position) => Unprojected.FindHead(stream)?.Position > position);
        _projection.CatchUp();
        _committed = _projected = _projection.Position;
        Recent = new RecentEvents(_committed);
        _batch = new Batch(
            stream => Unprojected.FindHead(stream)?.Version ?? _projection.FindVersion(stream),
            key => Unprojected.FindReply(key) is not null || _projection.HasReply(key));
        _thread = new Thread(Work) { Name = "store writer", IsBackground = true };
    }

    public Unprojected Unprojected { get; } = new();

    public RecentEvents Recent { get; }

    /// <summary>Called on the writer's thread, in commit order, once the change is durable.</summary>
    public event Action<TimerChange>? TimerChanged;

    public void Start() => _thread.Start();

    public async ValueTask<long> CommitAsync(JournalEntry entry, CancellationToken cancellation)
    {
        var waiting = new Waiting(entry);
        await _queue.EnqueueAsync(waiting, cancellation);
        // From here on it may be durable: giving up would leave the caller in doubt.
        return await waiting.Task;
    }

    /// <summary>Completes when the tables contain everything committed before the call.</summary>
    public async ValueTask ProjectAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _projected) == Volatile.Read(ref _committed))
            return;
        var waiting = new Waiting(null);
        await _queue.EnqueueAsync(waiting, cancellation);
        await waiting.Task.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        _queue.Close();
        if (_thread.IsAlive)
            _thread.Join();
        Recent.Close();
        _session.Dispose();
    }

    private void Work()
    {
        var gathered = new List<Waiting>(CommitQueue.AtOnce);
        while (Gather(gathered))
        {
            var askedToProject = gathered.Exists(waiting => waiting.Entry is null);
            Commit(gathered);
            var isIdle = gathered.Count == 0;
            if (isIdle || askedToProject || _lag.Count >= LagLimit || _lagBytes >= LagBytesLimit)
                Project(gathered, wholly: isIdle || askedToProject);
            gathered.Clear();
        }

        Project(gathered, wholly: true);
    }

    /// <summary>Takes what waits; nothing when a quiet moment passed; false when the store closes.</summary>
    private bool Gather(List<Waiting> gathered)
    {
        _queue.Take(gathered);
        if (gathered.Count > 0)
            return true;
        var more = _queue.WaitAsync().AsTask();
        if (_lag.Count > 0 && !more.Wait(_isProjectionFailing ? AfterFailure : Idle))
            return true;
        return more.GetAwaiter().GetResult() && Gather(gathered);
    }

    private void Commit(List<Waiting> gathered)
    {
        var position = _committed;
        foreach (var waiting in gathered)
        {
            if (waiting.Entry is not { } entry)
                continue;
            if (_batch.Refuses(entry) is { } refusal)
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
            _session.Transact(() => Write(accepted));
        }
        catch (Exception e)
        {
            // Nothing of the batch is in the journal: everyone is told, and the next batch starts afresh.
            var explained = e is SqliteException error ? _file.Explain(error) : e;
            foreach (var waiting in gathered.Where(w => w.Entry is not null))
                waiting.TrySetException(explained);
            return;
        }

        Publish(accepted, position);
        foreach (var waiting in gathered)
        {
            if (waiting.Entry is { } entry)
                waiting.TrySetResult(entry.Position);
        }
    }

    private void Write(List<JournalEntry> entries)
    {
        var insert = _session["INSERT INTO journal (position, body) VALUES (?1, ?2)"];
        foreach (var entry in entries)
            insert.Bind(1, entry.Position).BindBlob(2, entry.Bytes.Span).Run();
    }

    private void Publish(List<JournalEntry> entries, long position)
    {
        foreach (var entry in entries)
        {
            Unprojected.Add(entry);
            _lag.Enqueue(entry);
            _lagBytes += entry.Size;
            entry.ForgetBytes();
            foreach (var timer in entry.Commit.Timers)
                TimerChanged?.Invoke(timer);
        }

        Volatile.Write(ref _committed, position);
        Recent.Add(entries);
    }

    private void Project(List<Waiting> gathered, bool wholly)
    {
        try
        {
            do
            {
                ProjectSome();
            }
            while (wholly && _lag.Count > 0);
            _isProjectionFailing = false;
            foreach (var waiting in gathered.Where(w => w.Entry is null))
                waiting.TrySetResult(_committed);
        }
        catch (Exception e)
        {
            // The journal keeps what the tables lack; it is tried again at the next quiet moment.
            _isProjectionFailing = true;
            var explained = e is SqliteException error ? _file.Explain(error) : e;
            foreach (var waiting in gathered.Where(w => w.Entry is null))
                waiting.TrySetException(explained);
        }
    }

    private void ProjectSome()
    {
        var entries = _lag.Take(Projection.EntriesAtOnce).ToList();
        _projection.Apply(entries);
        foreach (var entry in entries)
        {
            _lag.Dequeue();
            _lagBytes -= entry.Size;
            Unprojected.Remove(entry);
        }

        Volatile.Write(ref _projected, _projection.Position);
        Recent.Trim(_projection.Position);
    }
}
