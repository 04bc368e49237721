using Microsoft.Extensions.Logging;

namespace Voltwright.Storage.Sqlite;

/// <summary>
/// Brings the tables up to the journal on a thread of its own, so that no commit waits for it: a while later, since much at once is cheap,
/// or at once when somebody asks.
/// </summary>
internal sealed partial class Projector : IDisposable
{
    private const int LagLimit = 16384;
    private const long LagBytesLimit = 32L << 20;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly SqliteFile _tables;
    private readonly RecentEvents _recent;
    private readonly ILogger? _log;
    private readonly SqliteSession _session;
    private readonly Projection _projection;
    private readonly Thread _thread;
    private readonly object _lock = new();
    private readonly Queue<JournalEntry> _lag = new();
    private readonly Queue<(long Position, TaskCompletionSource Caller)> _asked = new();
    private long _committed;
    private long _projected;
    private long _lagBytes;
    private long _due;
    private bool _isFailing;
    private bool _isClosing;

    /// <param name="projection">Of that session, and up to date.</param>
    public Projector(SqliteFile tables, SqliteSession session, Projection projection, RecentEvents recent, ILogger? log)
    {
        (_tables, _session, _projection, _recent, _log) = (tables, session, projection, recent, log);
        _committed = _projected = projection.Position;
        _thread = new Thread(Work) { Name = "store tables", IsBackground = true };
    }

    public Unprojected Unprojected { get; } = new();

    /// <summary>Up to here the tables are on the disk.</summary>
    public long Projected => Volatile.Read(ref _projected);

    public void Start() => _thread.Start();

    /// <summary>By the writer, in commit order, once the entries are durable.</summary>
    public void Add(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
            Unprojected.Add(entry);
        lock (_lock)
        {
            if (_lag.Count == 0)
                DueIn(Delay);
            foreach (var entry in entries)
            {
                _lag.Enqueue(entry);
                _lagBytes += entry.Size;
            }

            _committed = entries[^1].Position;
            if (!_isFailing && (_lag.Count >= Projection.EntriesAtOnce || _lagBytes >= LagBytesLimit))
                DueIn(TimeSpan.Zero);
        }
    }

    /// <summary>Holds the writer while memory has too much that the tables lack, unless they cannot be written: then it only grows.</summary>
    public void WaitForRoom()
    {
        lock (_lock)
        {
            while (!_isFailing && (_lag.Count >= LagLimit || _lagBytes >= LagBytesLimit))
                Monitor.Wait(_lock);
        }
    }

    /// <summary>Completes when the tables contain everything committed before the call.</summary>
    public ValueTask ProjectAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosing, typeof(IStore));
            if (_projected == _committed)
                return ValueTask.CompletedTask;
            var caller = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Enqueue((_committed, caller));
            DueIn(TimeSpan.Zero);
            return new ValueTask(caller.Task.WaitAsync(cancellation));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosing = true;
            DueIn(TimeSpan.Zero);
        }

        if (_thread.IsAlive)
            _thread.Join();
        _session.Dispose();
    }

    private void Work()
    {
        var entries = new List<JournalEntry>(Projection.EntriesAtOnce);
        while (Take(entries))
        {
            try
            {
                _projection.Apply(entries);
                Applied(entries);
            }
            catch (Exception e)
            {
                Failed(e is Microsoft.Data.Sqlite.SqliteException error ? _tables.Explain(error) : e);
            }
        }
    }

    /// <summary>Waits until it is time; the entries stay in the queue until they are in the tables. False when the store closes.</summary>
    private bool Take(List<JournalEntry> entries)
    {
        entries.Clear();
        lock (_lock)
        {
            while (!_isClosing)
            {
                var rest = _lag.Count == 0 ? Timeout.InfiniteTimeSpan : Rest();
                if (rest == TimeSpan.Zero)
                    break;
                Monitor.Wait(_lock, rest);
            }

            // What cannot be written stays in the journal, for the next start.
            if (!_isClosing || !_isFailing)
                entries.AddRange(_lag.Take(Projection.EntriesAtOnce));
        }

        return entries.Count > 0;
    }

    private void Applied(List<JournalEntry> entries)
    {
        foreach (var entry in entries)
            Unprojected.Remove(entry);
        _recent.Trim(_projection.Position);
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _lag.Dequeue();
                _lagBytes -= entry.Size;
            }

            if (_isFailing && _log is not null)
                LogRecovered(_log);
            _isFailing = false;
            Volatile.Write(ref _projected, _projection.Position);
            while (_asked.TryPeek(out var asked) && asked.Position <= _projected)
                _asked.Dequeue().Caller.TrySetResult();
            DueIn(_asked.Count > 0 || _lag.Count >= Projection.EntriesAtOnce ? TimeSpan.Zero : Delay);
        }
    }

    /// <summary>The journal keeps what the tables lack; it is tried again when somebody asks, or after a while.</summary>
    private void Failed(Exception e)
    {
        lock (_lock)
        {
            // Once: it is tried again every second.
            if (!_isFailing && _log is not null)
                LogFailed(_log, e.Message);
            _isFailing = true;
            while (_asked.TryDequeue(out var asked))
                asked.Caller.TrySetException(e);
            DueIn(AfterFailure);
        }
    }

    [LoggerMessage(LogLevel.Error, "Commits go on, but the tables do not follow, and lists are refused: {Reason}")]
    private static partial void LogFailed(ILogger log, string reason);

    [LoggerMessage(LogLevel.Information, "The tables follow the commits again.")]
    private static partial void LogRecovered(ILogger log);

    private void DueIn(TimeSpan delay)
    {
        _due = TimeProvider.System.GetTimestamp() + (long)(delay.TotalSeconds * TimeProvider.System.TimestampFrequency);
        Monitor.PulseAll(_lock);
    }

    private TimeSpan Rest()
    {
        var rest = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), _due);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
