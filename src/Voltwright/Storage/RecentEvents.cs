namespace Voltwright.Storage;

/// <summary>
/// The newest events, for followers that keep up: all that the tables do not have yet, and some more. A follower that falls
/// behind reads the table again, so that a slow one costs no memory.
/// </summary>
internal sealed class RecentEvents
{
    private const int Kept = 4096;

    private readonly Lock _lock = new();
    private readonly List<StoredEvent> _events = [];
    private TaskCompletionSource _more = NewSignal();
    private long _floor;

    public RecentEvents(long position) => _floor = position;

    /// <summary>The newest event's position; with none, one that no older event is beyond.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
                return _events.Count > 0 ? _events[^1].Position : _floor;
        }
    }

    public void Add(IEnumerable<JournalEntry> entries) => Add(
        entries.SelectMany(entry => entry.Commit.Events.Select((e, i) => new StoredEvent(entry.PositionOf(i), e))));

    public void Add(IEnumerable<StoredEvent> events)
    {
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            var before = _events.Count;
            _events.AddRange(events);
            if (_events.Count > before)
                (signal, _more) = (_more, NewSignal());
        }

        signal?.SetResult();
    }

    /// <summary>Forgets old events up to a position that the tables contain.</summary>
    public void Trim(long projected)
    {
        lock (_lock)
        {
            // Twice the number, so that moving the rest to the front happens seldom.
            if (_events.Count < 2 * Kept)
                return;
            var surplus = Math.Min(_events.Count - Kept, FirstAfter(projected));
            if (surplus <= 0)
                return;
            _floor = _events[surplus - 1].Position;
            _events.RemoveRange(0, surplus);
        }
    }

    /// <summary>
    /// The events after a position; null when that is too long ago and the table must be asked, which has all up to
    /// <paramref name="floor"/>.
    /// </summary>
    public List<StoredEvent>? Read(long after, int limit, out long floor)
    {
        lock (_lock)
        {
            floor = _floor;
            if (after < _floor)
                return null;
            var first = FirstAfter(after);
            return _events.GetRange(first, Math.Min(limit, _events.Count - first));
        }
    }

    /// <summary>Take it before reading: it completes with the first event that was not there at that moment.</summary>
    public Task NextEvent()
    {
        lock (_lock)
            return _more.Task;
    }

    public void Close()
    {
        lock (_lock)
            _more.TrySetException(new ObjectDisposedException(nameof(IStore)));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int FirstAfter(long position)
    {
        int low = 0, high = _events.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_events[middle].Position <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
