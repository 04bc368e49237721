namespace Voltwright.Storage;

/// <summary>The timers that are set, soonest first. Not for several threads at once.</summary>
internal sealed class TimerQueue
{
    private readonly Dictionary<(string Stream, string Name), DateTimeOffset> _set = [];
    private readonly PriorityQueue<Timer, DateTimeOffset> _soonest = new();

    public int Count => _set.Count;

    /// <summary>When the next one is due; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DropOutdated();
            return _soonest.TryPeek(out _, out var due) ? due : null;
        }
    }

    public void Change(TimerChange change)
    {
        if (change.DueAt is not { } due)
        {
            _set.Remove((change.Stream, change.Name));
            return;
        }

        _set[(change.Stream, change.Name)] = due;
        _soonest.Enqueue(new Timer(change.Stream, change.Name, due), due);
    }

    /// <summary>For the timers as they were when the program started: what changed since then wins.</summary>
    public void AddUnlessChanged(Timer timer, IReadOnlySet<(string Stream, string Name)> changed)
    {
        if (!changed.Contains((timer.Stream, timer.Name)))
            Change(new TimerChange(timer.Stream, timer.Name, timer.DueAt));
    }

    /// <summary>Takes those that are due out of the queue; they stay set until their owner clears them.</summary>
    public List<Timer> TakeDue(DateTimeOffset now)
    {
        var due = new List<Timer>();
        while (NextDue <= now)
            due.Add(_soonest.Dequeue());
        return due;
    }

    public bool IsSet(Timer timer) => _set.TryGetValue((timer.Stream, timer.Name), out var due) && due == timer.DueAt;

    /// <summary>Its owner has acted on it: what is set to the same time is the same timer, cleared elsewhere.</summary>
    public void Forget(Timer timer)
    {
        if (IsSet(timer))
            _set.Remove((timer.Stream, timer.Name));
    }

    /// <summary>Brings a timer up again later, if it is still set to the same time.</summary>
    public void Repeat(Timer timer, DateTimeOffset at)
    {
        if (IsSet(timer))
            _soonest.Enqueue(timer, at);
    }

    private void DropOutdated()
    {
        while (_soonest.TryPeek(out var timer, out _) && !IsSet(timer))
            _soonest.Dequeue();
    }
}
