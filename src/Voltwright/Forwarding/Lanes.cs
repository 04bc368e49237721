using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>
/// What is to be sent to one destination, a lane a subject. Decides what goes next; does no I/O and reads no clock. Not for
/// several threads at once.
/// </summary>
/// <param name="random">From 0 to 1, for jitter.</param>
internal sealed class Lanes(ForwardingPolicy policy, long position, Func<double> random)
{
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane> _ready = new();
    private readonly PriorityQueue<Lane, DateTimeOffset> _failing = new();
    private readonly List<Lane> _emptied = [];
    private int _busy;
    private int _busyFailing;
    private int _failuresInARow;
    private DateTimeOffset _probeAt;

    /// <summary>The last position of the log that was looked at.</summary>
    public long Seen { get; private set; } = position;

    /// <summary>Events in memory.</summary>
    public int Held { get; private set; }

    public bool IsDown => _failuresInARow >= policy.DownAfter;

    public IEnumerable<Lane> Failing => _lanes.Values.Where(lane => lane.IsFailing);

    /// <summary>Everything up to here is done with, but for the subjects that are behind.</summary>
    public long Safe => _lanes.Values.Where(lane => !IsBehind(lane) && lane.First is not null)
        .Select(lane => lane.First!.Value - 1).Append(Seen).Min();

    public IEnumerable<Lane> Behind => _lanes.Values.Where(IsBehind);

    /// <summary>Takes an event of the log that is wanted; false when there is no room now.</summary>
    public bool TryAdd(string subject, StoredEvent e)
    {
        var lane = Find(subject);
        if (lane.IsFailing || lane.LogFrom is not null || lane.Waiting.Count >= policy.HeldOfOneSubject)
            lane.LogFrom ??= e.Position;
        else if (Held >= policy.HeldAtMost)
            return false;
        else
            Enqueue(lane, e);
        return true;
    }

    public void See(long seen) => Seen = seen;

    /// <summary>A subject that was behind when the program stopped.</summary>
    public void Restore(string subject, long first, DateTimeOffset? failingSince)
    {
        // What lies beyond is met in the log anyway.
        if (first > Seen)
            return;
        var lane = Find(subject);
        (lane.LogFrom, lane.FailingSince) = (first, failingSince);
        _emptied.Add(lane);
    }

    public void Replay(string subject, StoredEvent e)
    {
        var lane = Find(subject);
        lane.Replays.Enqueue(e);
        _ready.Enqueue(lane);
    }

    /// <summary>The lane whose first event is to be sent now, marked as busy; null when none is.</summary>
    public Lane? TakeNext(DateTimeOffset now)
    {
        if (_busy >= (IsDown ? 1 : policy.Concurrency) || (IsDown && now < _probeAt))
            return null;
        var lane = TakeFailing(now) ?? TakeReady() ?? (IsDown ? TakeFailing(DateTimeOffset.MaxValue) : null);
        if (lane is null)
            return null;
        _busy++;
        if (lane.IsFailing)
            _busyFailing++;
        lane.IsBusy = true;
        return lane;
    }

    /// <summary>When to look again, though nothing else happens.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            DropOutdated();
            return IsDown ? _probeAt : _failing.TryPeek(out _, out var at) ? at : null;
        }
    }

    public void Delivered(Lane lane, DateTimeOffset now)
    {
        var wasDown = IsDown;
        _failuresInARow = 0;
        Done(lane);
        if (!wasDown)
            return;
        foreach (var failing in _lanes.Values.Where(l => l.IsFailing && !l.IsBusy))
            RetryAt(failing, now);
    }

    public void Failed(Lane lane, DateTimeOffset now, string error, TimeSpan? retryAfter)
    {
        Leave(lane);
        lane.Failures++;
        lane.FailingSince ??= now;
        lane.Error = error;
        lane.IsFetching = false;
        Held -= lane.Waiting.Count;
        lane.LeaveToLog();
        Held += lane.Waiting.Count;
        CountFailure(now, retryAfter);
        RetryAt(lane, now + policy.DelayAfter(lane.Failures, random(), retryAfter));
    }

    /// <summary>The first event is kept elsewhere; the next one has its turn.</summary>
    /// <param name="retryAfter">What the receiver asked for.</param>
    public void GivenUp(Lane lane, DateTimeOffset now, TimeSpan? retryAfter)
    {
        CountFailure(now, retryAfter);
        Done(lane);
    }

    /// <summary>A dead letter was tried once more, whatever came of it.</summary>
    public void Replayed(Lane lane)
    {
        Leave(lane);
        lane.Replays.Dequeue();
        GoOn(lane);
    }

    /// <summary>Lanes that have nothing left but what is in the log; it is to be fetched for them now.</summary>
    public IReadOnlyList<Lane> TakeEmptied()
    {
        Lane[] lanes = [.. _emptied.Where(lane => lane is { LogFrom: not null, Waiting.Count: 0 }).Distinct()];
        _emptied.Clear();
        foreach (var lane in lanes)
            lane.IsFetching = true;
        return lanes;
    }

    /// <summary>An event of a lane that is being fetched for. When the lane is full, the rest stays in the log.</summary>
    public void Fetched(Lane lane, StoredEvent e)
    {
        if (!lane.IsFetching || e.Position < lane.LogFrom)
            return;
        if (lane.Waiting.Count >= policy.HeldOfOneSubject)
        {
            (lane.IsFetching, lane.LogFrom) = (false, e.Position);
            return;
        }

        lane.LogFrom = e.Position + 1;
        Enqueue(lane, e);
    }

    /// <summary>The log was read up to <see cref="Seen"/>: the lane has all that there is.</summary>
    public void FetchedAll(Lane lane)
    {
        if (!lane.IsFetching)
            return;
        (lane.IsFetching, lane.LogFrom) = (false, null);
        Forget(lane);
    }

    /// <summary>The log could not be read.</summary>
    public void FetchFailed(Lane lane)
    {
        if (!lane.IsFetching)
            return;
        lane.IsFetching = false;
        GoOn(lane);
    }

    private static bool IsBehind(Lane lane) => lane.IsFailing || lane.LogFrom is not null;

    private Lane Find(string subject) => _lanes.TryGetValue(subject, out var lane) ? lane : _lanes[subject] = new Lane(subject);

    private void Enqueue(Lane lane, StoredEvent e)
    {
        Held++;
        lane.Waiting.Enqueue(e);
        if (lane.Waiting.Count == 1)
            _ready.Enqueue(lane);
    }

    private Lane? TakeReady()
    {
        while (_ready.TryDequeue(out var lane))
        {
            if (lane is { IsBusy: false } && (lane.Replays.Count > 0 || lane is { IsFailing: false, Waiting.Count: > 0 }))
                return lane;
        }

        return null;
    }

    // Half of the places at most, so that subjects in trouble leave room for the others.
    private Lane? TakeFailing(DateTimeOffset until)
    {
        DropOutdated();
        if (_busyFailing >= Math.Max(1, policy.Concurrency / 2) || !_failing.TryPeek(out _, out var at) || at > until)
            return null;
        return _failing.Dequeue();
    }

    private void DropOutdated()
    {
        while (_failing.TryPeek(out var lane, out var at) && (lane.IsBusy || !lane.IsFailing || lane.RetryAt != at))
            _failing.Dequeue();
    }

    private void CountFailure(DateTimeOffset now, TimeSpan? retryAfter)
    {
        _failuresInARow++;
        if (IsDown)
            _probeAt = now + policy.DelayAfter(_failuresInARow - policy.DownAfter + 1, random(), retryAfter);
    }

    private void RetryAt(Lane lane, DateTimeOffset at)
    {
        lane.RetryAt = at;
        _failing.Enqueue(lane, at);
    }

    private void Done(Lane lane)
    {
        Leave(lane);
        lane.Waiting.Dequeue();
        Held--;
        (lane.Failures, lane.FailingSince, lane.Error) = (0, null, null);
        GoOn(lane);
    }

    private void Leave(Lane lane)
    {
        lane.IsBusy = false;
        _busy--;
        if (lane.IsFailing)
            _busyFailing--;
    }

    private void GoOn(Lane lane)
    {
        if (lane.Replays.Count > 0 || (lane.Waiting.Count > 0 && !lane.IsFailing))
            _ready.Enqueue(lane);
        else if (lane.IsFailing)
            RetryAt(lane, lane.RetryAt);
        else if (lane is { LogFrom: not null, IsFetching: false })
            _emptied.Add(lane);
        Forget(lane);
    }

    private void Forget(Lane lane)
    {
        if (lane.IsDone)
            _lanes.Remove(lane.Subject);
    }
}
