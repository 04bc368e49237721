namespace Voltwright.Automation;

/// <summary>How far the log is dealt with: everything up to <see cref="Safe"/> is, whatever is still under way beyond it.</summary>
public sealed class DispatchProgress(long start)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, int> _underWay = [];
    private long _seen = start;

    /// <summary>The last position that was looked at.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    public long Safe
    {
        get
        {
            lock (_lock)
                return _underWay.Count == 0 ? _seen : Math.Min(_seen, _underWay.First().Key - 1);
        }
    }

    /// <summary>Once for everything that an event sets going; each must be followed by <see cref="Finish"/>.</summary>
    public long Begin(long position)
    {
        lock (_lock)
            return Add(position);
    }

    /// <summary>Holds everything that has not been looked at; gives the position to finish.</summary>
    public long BeginNext()
    {
        lock (_lock)
            return Add(_seen + 1);
    }

    public void Finish(long position)
    {
        lock (_lock)
        {
            if (--_underWay[position] == 0)
                _underWay.Remove(position);
        }
    }

    public void See(long position)
    {
        lock (_lock)
            _seen = Math.Max(_seen, position);
    }

    private long Add(long position)
    {
        _underWay[position] = _underWay.GetValueOrDefault(position) + 1;
        return position;
    }
}
