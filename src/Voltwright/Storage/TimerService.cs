using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voltwright.Storage;

/// <summary>
/// Wakes the owners of timers, at least once for each. Starts when everything else has started, and then fires at once what fell
/// due while the program was not running.
/// </summary>
public sealed class TimerService(
    IStore store, IEnumerable<ITimerTarget> targets, TimeProvider clock, ILogger<TimerService> log, TimerSharing? sharing = null)
    : IHostedLifecycleService, IDisposable
{
    private const int OverdueAtOnce = 1000;
    private const int AtOnce = 128;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Whoever set a timer fires it in time; later than that, it does not any more.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ITimerTarget> _targets = targets.ToDictionary(t => t.Kind, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Timer, int> _failures = new();
    private readonly TimerQueue _queue = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly CancellationTokenSource _stopping = new();
    private HashSet<(string Stream, string Name)>? _changedWhileLoading = [];
    private IDisposable? _watch;
    private ITimer? _alarm;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _alarm = clock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = store.WatchTimers(Changed);
        if (sharing is not null)
            _ = FireOverdueAsync(sharing);
        // Of many processes, none needs to know all timers.
        var timers = sharing is null ? await store.ReadTimersAsync(cancellationToken) : [];
        lock (_lock)
        {
            foreach (var timer in timers)
                _queue.AddUnlessChanged(timer, _changedWhileLoading!);
            _changedWhileLoading = null;
        }

        FireDue();
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        _alarm?.Dispose();
        return _stopping.CancelAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _watch?.Dispose();
        _alarm?.Dispose();
        _stopping.Cancel();
        _stopping.Dispose();
        _places.Dispose();
    }

    private void Changed(TimerChange change)
    {
        lock (_lock)
        {
            _changedWhileLoading?.Add((change.Stream, change.Name));
            var before = _queue.NextDue;
            _queue.Change(change);
            if (_queue.NextDue != before)
                SetAlarm();
        }
    }

    /// <summary>Under the lock. Firing happens on the alarm's thread, never on the store's.</summary>
    private void SetAlarm()
    {
        if (_stopping.IsCancellationRequested || _queue.NextDue is not { } due)
            return;
        var wait = due - clock.GetUtcNow();
        _alarm!.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private void FireDue()
    {
        List<Timer> due;
        lock (_lock)
        {
            due = _queue.TakeDue(clock.GetUtcNow());
            SetAlarm();
        }

        foreach (var timer in due)
            _ = Fire(timer);
    }

    private async Task Fire(Timer timer)
    {
        try
        {
            await _places.WaitAsync(_stopping.Token);
            try
            {
                await Wake(timer);
                _failures.TryRemove(timer, out _);
                lock (_lock)
                    _queue.Forget(timer);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // It is still set, and fires after the next start.
        }
        catch (Exception e)
        {
            Retry(timer, e);
        }
    }

    private async Task Wake(Timer timer)
    {
        bool isSet;
        lock (_lock)
            isSet = _queue.IsSet(timer);
        if (!isSet)
            return;
        // Off the alarm's thread, whatever the target does before it first awaits.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var kind = StreamName.KindOf(timer.Stream);
        if (_targets.TryGetValue(kind, out var target))
            await target.TimerDue(timer.Stream, timer.Name, _stopping.Token);
        else
            log.LogError("Nobody owns timer '{Name}' of {Stream}: '{Kind}' has no timer target", timer.Name, timer.Stream, kind);
    }

    private async Task FireOverdueAsync(TimerSharing shared)
    {
        var stopping = _stopping.Token;
        using var look = new PeriodicTimer(Grace, clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await look.WaitForNextTickAsync(stopping);
                if (shared.IsSenior())
                    Add(await store.ReadTimersAsync(clock.GetUtcNow() - Grace, OverdueAtOnce, stopping));
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // They are still set: another process fires them.
            }
            catch (Exception e)
            {
                log.LogWarning("Overdue timers could not be looked for: {Reason}", e.Message);
            }
        }
    }

    private void Add(IReadOnlyList<Timer> overdue)
    {
        lock (_lock)
        {
            foreach (var timer in overdue.Where(t => !_queue.IsSet(t)))
                _queue.Change(new TimerChange(timer.Stream, timer.Name, timer.DueAt));
            SetAlarm();
        }
    }

    private void Retry(Timer timer, Exception cause)
    {
        var failures = _failures.AddOrUpdate(timer, 1, (_, n) => n + 1);
        var wait = TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, FirstRetry.Ticks << Math.Min(failures - 1, 10)));
        log.LogWarning(
            cause, "Timer '{Name}' of {Stream} failed, time {Count}; again in {Wait}", timer.Name, timer.Stream, failures, wait);
        lock (_lock)
        {
            _queue.Repeat(timer, clock.GetUtcNow() + wait);
            SetAlarm();
        }
    }
}
