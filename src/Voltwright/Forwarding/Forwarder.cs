using Microsoft.Extensions.Logging;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>
/// Sends the committed events to one destination: each at least once, in order per subject, however the destination behaves. What
/// it cannot send now stays in the log, so a destination that is away costs neither memory nor events, and holds nobody else up.
/// </summary>
public sealed partial class Forwarder : IAsyncDisposable
{
    private const int FetchedAtOnce = 500;
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Destination _destination;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lanes _lanes;
    private readonly List<Task> _underWay = [];
    private readonly Task _work;
    private TaskCompletionSource _changed = NewSignal();
    private bool _isFetching;

    private Forwarder(Destination destination, ForwardingState state, long version, IStore store, TimeProvider clock, ILogger log)
    {
        (_destination, _store, _clock, _log) = (destination, store, clock, log);
        (_version, _kept) = (version, state.Position);
        _lanes = new Lanes(destination.Policy, state.Position, Random.Shared.NextDouble);
        foreach (var behind in state.Behind)
            _lanes.Restore(behind.Subject, behind.Position, behind.FailingSince);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Events of the log that are not sent; the filter's are among them, so this may be more than there is to send.</summary>
    public long Lag
    {
        get
        {
            lock (_lock)
                return Math.Max(0, _store.LastEventPosition - _lanes.Behind.Select(l => (l.First ?? _lanes.Seen) - 1).Append(_lanes.Safe).Min());
        }
    }

    /// <summary>Subjects whose events are not taken at the moment.</summary>
    public int Failing
    {
        get
        {
            lock (_lock)
                return _lanes.Failing.Count();
        }
    }

    public string Name => _destination.Name;

    /// <summary>Goes on where the destination's progress stands; a new one begins after <paramref name="start"/>.</summary>
    public static async Task<Forwarder> StartAsync(
        Destination destination, long start, IStore store, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        var stream = ForwardingState.StreamOf(destination.Name);
        if (await store.LoadAsync(stream, cancellation) is { } stored)
            return new Forwarder(destination, ForwardingState.Read(stored.Body), stored.Version, store, clock, log);

        // Kept before the first event is sent, so that a crash does not move the beginning.
        var state = new ForwardingState(start, []);
        await store.CommitAsync(new Commit { Writes = [new StreamWrite(stream, 0, state.Write())] }, cancellation);
        return new Forwarder(destination, state, 1, store, clock, log);
    }

    /// <summary>Tries a dead letter once more; when it arrives, the letter is gone.</summary>
    public void Replay(DeadLetter letter)
    {
        lock (_lock)
            _lanes.Replay(SubjectOf(letter.Event), letter.ToEvent());
        Signal();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
    }

    /// <summary>What keeps its order: the event's subject, which is the station; without one, its source.</summary>
    private static string SubjectOf(JsonValue envelope) =>
        envelope["subject"].TryGetString(out var subject) ? subject : envelope["source"].TryGetString(out var source) ? source : "";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync()
    {
        var reading = ReadAsync();
        var keeping = KeepProgressAsync();
        while (!_stopping.IsCancellationRequested)
        {
            // Armed before looking, so that no change is missed.
            var changed = Volatile.Read(ref _changed).Task;
            await WaitAsync(changed, SendWhatMay());
        }

        await reading;
        await Task.WhenAll(_underWay);
        await keeping;
        await KeepAsync();
    }

    /// <summary>Returns how long to wait at most before looking again.</summary>
    private TimeSpan? SendWhatMay()
    {
        List<Lane> lanes = [];
        IReadOnlyList<Lane> emptied = [];
        DateTimeOffset? next;
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            while (_lanes.TakeNext(now) is { } lane)
                lanes.Add(lane);
            next = _lanes.NextAt;
            if (!_isFetching)
                emptied = _lanes.TakeEmptied();
            _isFetching |= emptied.Count > 0;
        }

        _underWay.RemoveAll(task => task.IsCompleted);
        _underWay.AddRange(lanes.Select(SendAsync));
        if (emptied.Count > 0)
            _underWay.Add(FetchAsync(emptied));
        return next - now;
    }

    private async Task ReadAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (var e in _store.FollowEventsAsync(Seen(), _stopping.Token))
                    await TakeAsync(e);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // Stopping: the rest is in the log.
            }
            catch (Exception e)
            {
                _log.LogError(e, "The event log could not be followed for {Destination}; trying again", _destination.Name);
                await Task.Delay(AfterTrouble, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync(StoredEvent e)
    {
        var isWanted = _destination.Filter.Takes(e.Envelope);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            lock (_lock)
            {
                if (!isWanted || _lanes.TryAdd(SubjectOf(e.Envelope), e))
                {
                    _lanes.See(e.Position);
                    break;
                }
            }

            // No room: the log holds the rest, and this goes on when something is done with.
            await changed.WaitAsync(_stopping.Token);
        }

        if (isWanted)
            Signal();
    }

    /// <summary>Reads the log once for all lanes that left their events there and have room again.</summary>
    private async Task FetchAsync(IReadOnlyList<Lane> lanes)
    {
        try
        {
            var bySubject = lanes.ToDictionary(l => l.Subject, StringComparer.Ordinal);
            var position = lanes.Min(l => l.LogFrom!.Value) - 1;
            for (var goesOn = true; goesOn; Signal())
            {
                var seen = Seen();
                goesOn = Fetch(bySubject, await _store.ReadEventsAsync(position, FetchedAtOnce, _stopping.Token), seen, ref position);
            }
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested)
            {
                _log.LogError(e, "What {Destination} missed could not be read; trying again", _destination.Name);
                await Task.Delay(AfterTrouble, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            lock (_lock)
            {
                foreach (var lane in lanes)
                    _lanes.FetchFailed(lane);
            }
        }

        EndFetching();
    }

    private long Seen()
    {
        lock (_lock)
            return _lanes.Seen;
    }

    /// <summary>False when there is nothing more to fetch.</summary>
    /// <param name="seen">How far the log had been looked at before it was read: what was added since then may be missing.</param>
    private bool Fetch(Dictionary<string, Lane> lanes, IReadOnlyList<StoredEvent> events, long seen, ref long position)
    {
        lock (_lock)
        {
            foreach (var e in events.TakeWhile(e => e.Position <= _lanes.Seen))
            {
                position = e.Position;
                if (_destination.Filter.Takes(e.Envelope) && lanes.TryGetValue(SubjectOf(e.Envelope), out var lane))
                    _lanes.Fetched(lane, e);
            }

            var isWhole = events.Count > 0 ? events[^1].Position > _lanes.Seen : seen == _lanes.Seen;
            if (!isWhole)
                return lanes.Values.Any(l => l.IsFetching);
            foreach (var lane in lanes.Values)
                _lanes.FetchedAll(lane);
            return false;
        }
    }

    private void EndFetching()
    {
        lock (_lock)
            _isFetching = false;
        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private async Task WaitAsync(Task changed, TimeSpan? atMost)
    {
        if (atMost is not { } limit)
        {
            await changed.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var waited = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var wait = Task.Delay(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, _clock, waited.Token);
        await Task.WhenAny(changed, wait);
        await waited.CancelAsync();
    }
}
