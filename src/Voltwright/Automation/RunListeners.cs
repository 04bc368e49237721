using Microsoft.Extensions.Logging;
using System.Collections.Concurrent;
using Voltwright.Cluster;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>
/// Hands the events of the log to the runs that listen: each run its own, one after another, in order. How far a run has come is
/// stored with the run, so that an event met again after a crash is not taken twice; how far all have come, with the dispatcher's
/// place in the log, so that none is passed by.
/// </summary>
public sealed class RunListeners(IStore store, IGrainFactory grains, TimeProvider clock, ILogger<RunListeners> log) : IDisposable
{
    private const int AtOnce = 128;
    private const int ReadAtOnce = 256;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Listener> _all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Listener>> _byType = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Listener> _ofEveryType = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<DispatchProgress> _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly CancellationTokenSource _stopping = new();

    public int Count => _all.Count;

    /// <summary>Everyone who listened when the server stopped; before the log is followed.</summary>
    public async Task OpenAsync(DispatchProgress progress, CancellationToken cancellation)
    {
        string? after = null;
        do
        {
            var page = await store.ListAsync(RunSubscription.StreamKind, [], 1000, after, cancellation);
            foreach (var subscription in page.Items.Select(RunSubscription.Read))
            {
                if (subscription.After is { } behind)
                    Begin(subscription, behind, progress, progress.BeginNext());
                else
                    Keep(new Listener(subscription.Run, subscription.Types) { Position = progress.Seen });
            }

            after = page.Next;
        }
        while (after is not null);
        _progress.SetResult(progress);
    }

    /// <summary>Before a run's listening is committed: from here on the log waits for it. To be ended in any case.</summary>
    /// <param name="after">The last event that the run is not to hear; null: all that have happened.</param>
    /// <param name="isLate">The dispatcher's place may be beyond that already: the run will read the log again after every restart.</param>
    internal async Task<Place> HoldAsync(long? after, bool isLate)
    {
        var progress = await _progress.Task;
        var held = after is { } last && !isLate ? progress.Begin(last + 1) : progress.BeginNext();
        return new Place(this, progress, held, after ?? store.LastEventPosition);
    }

    /// <summary>A run that listens already, unless it is known: it has had all up to that place.</summary>
    internal void Adopt(RunSubscription subscription, long after)
    {
        if (!_all.ContainsKey(subscription.Run) && _progress.Task.IsCompletedSuccessfully)
            Begin(subscription, after, _progress.Task.Result, _progress.Task.Result.Begin(after + 1));
    }

    /// <summary>Whoever waits for a place waits in vain.</summary>
    internal void Fail(Exception cause) => _progress.TrySetException(cause);

    /// <summary>An event of the log, in order; before the dispatcher's place moves beyond it.</summary>
    public void Signal(StoredEvent e, DispatchProgress progress)
    {
        foreach (var (_, listener) in _ofEveryType)
            Signal(listener, e.Position, progress);
        if (!e.Envelope["type"].TryGetString(out var type) || !_byType.TryGetValue(type, out var typed))
            return;
        foreach (var (_, listener) in typed)
            Signal(listener, e.Position, progress);
    }

    /// <summary>The run listens no more.</summary>
    public void Remove(string run)
    {
        if (_all.TryGetValue(run, out var listener))
            Remove(listener);
    }

    /// <summary>Delivers nothing more; the next start goes on.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _stopping.Cancel();
        _progress.TrySetException(new ObjectDisposedException(nameof(RunListeners)));
        _stopping.Dispose();
        _places.Dispose();
    }

    /// <summary>Under way from the first moment, so that no signal makes it skip what it has to catch up with.</summary>
    private void Begin(RunSubscription subscription, long after, DispatchProgress progress, long held)
    {
        var listener = new Listener(subscription.Run, subscription.Types) { Position = after, IsActive = true, Held = held };
        Keep(listener);
        _ = Task.Run(() => FeedAsync(listener, progress));
    }

    private void Keep(Listener listener)
    {
        Remove(listener.Run);
        _all[listener.Run] = listener;
        if (listener.Types is null)
            _ofEveryType[listener.Run] = listener;
        foreach (var type in listener.Types ?? [])
            _byType.GetOrAdd(type, _ => new ConcurrentDictionary<string, Listener>(StringComparer.Ordinal))[listener.Run] = listener;
    }

    // A run that is over and retried may have another one by now.
    private void Remove(Listener listener)
    {
        listener.IsGone = true;
        var entry = KeyValuePair.Create(listener.Run, listener);
        _all.TryRemove(entry);
        _ofEveryType.TryRemove(entry);
        foreach (var type in listener.Types ?? [])
        {
            if (_byType.TryGetValue(type, out var typed))
                typed.TryRemove(entry);
        }
    }

    private void Signal(Listener listener, long position, DispatchProgress progress)
    {
        lock (listener)
        {
            if (position <= listener.Position || listener.IsGone)
                return;
            if (listener.IsActive)
            {
                listener.IsSignalled = true;
                return;
            }

            // It has had everything of its types up to here.
            (listener.Position, listener.IsActive, listener.Held) = (position - 1, true, progress.Begin(position));
        }

        _ = Task.Run(() => FeedAsync(listener, progress));
    }

    private async Task FeedAsync(Listener listener, DispatchProgress progress)
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var events = await store.ReadEventsAsync(listener.Position, ReadAtOnce, _stopping.Token);
                foreach (var e in events)
                {
                    if (listener.Wants(e.Envelope) && !await DeliverAsync(listener, e))
                    {
                        Remove(listener);
                        progress.Finish(listener.Held);
                        return;
                    }

                    listener.Position = e.Position;
                }

                if (events.Count == 0 && Rests(listener, progress))
                    return;
                progress.Begin(listener.Position + 1);
                progress.Finish(listener.Held);
                listener.Held = listener.Position + 1;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopping: what is held back now is met again after the next start.
        }
        catch (Exception e)
        {
            log.LogError(e, "Run {Run} hears no more events until the next start", listener.Run);
        }
    }

    private static bool Rests(Listener listener, DispatchProgress progress)
    {
        lock (listener)
        {
            if (listener.IsSignalled)
            {
                listener.IsSignalled = false;
                return false;
            }

            listener.IsActive = false;
            progress.Finish(listener.Held);
            return true;
        }
    }

    /// <summary>Tries until the run has it. False when the run is over.</summary>
    private async Task<bool> DeliverAsync(Listener listener, StoredEvent e)
    {
        for (var wait = FirstRetry; !listener.IsGone; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            await _places.WaitAsync(_stopping.Token);
            try
            {
                return await grains.Find<IRunGrain>(listener.Run).EventArrived(e.Position, e.Envelope);
            }
            catch (Exception failure) when (!_stopping.IsCancellationRequested)
            {
                log.LogWarning(failure, "Run {Run} could not take event {Position}; again in {Wait}", listener.Run, e.Position, wait);
            }
            finally
            {
                _places.Release();
            }

            await Task.Delay(wait, clock, _stopping.Token);
        }

        return false;
    }

    /// <summary>A place in the log that is kept until the run listens from there.</summary>
    internal sealed class Place(RunListeners listeners, DispatchProgress progress, long held, long after) : IDisposable
    {
        private bool _isTaken;

        /// <summary>The last event that the run is not to hear.</summary>
        public long After => after;

        /// <summary>The run's listening is committed.</summary>
        public void Take(RunSubscription subscription)
        {
            _isTaken = true;
            listeners.Begin(subscription, after, progress, held);
        }

        public void Dispose()
        {
            if (!_isTaken)
                progress.Finish(held);
        }
    }

    /// <summary>One run that listens. Its position is the feeder's while that is active.</summary>
    private sealed class Listener(string run, IReadOnlyList<string>? types)
    {
        public string Run => run;

        public IReadOnlyList<string>? Types => types;

        public long Position { get; set; }

        /// <summary>What keeps the dispatcher's place from moving on.</summary>
        public long Held { get; set; }

        public bool IsActive { get; set; }

        public bool IsSignalled { get; set; }

        public bool IsGone { get; set; }

        public bool Wants(JsonValue envelope) => types is null
            ? !LifecycleEvents.IsOne(envelope) : (envelope["type"].TryGetString(out var type) && types.Contains(type));
    }
}
