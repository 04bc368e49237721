using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>Holds the dispatcher while it is active. A second one, after a network was cut, is ended by the version of its checkpoint.</summary>
[KeepAlive, Reentrant, PreferLocalPlacement]
public sealed class DispatchGrain(
    IStore store, WorkflowCatalog workflows, AutomationOptions options, TimeProvider clock, ILoggerFactory loggers)
    : Grain, IDispatchGrain, IDisposable
{
    /// <summary>The one there is.</summary>
    public const long Key = 0;

    private static readonly TimeSpan HeldAtMost = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (RunListeners.Place Place, DateTimeOffset At)> _held = new();
    private readonly CancellationTokenSource _stopping = new();
    private RunListeners? _listeners;
    private Task _dispatching = Task.CompletedTask;

    private RunListeners Listeners => _listeners!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _listeners = new RunListeners(store, GrainFactory, clock, loggers.CreateLogger<RunListeners>());
        var dispatcher = new EventDispatcher(
            store, workflows, GrainFactory, options, Listeners, clock, loggers.CreateLogger<EventDispatcher>());
        // Off the grain's scheduler, where nothing of the grain may be asked for: it works for as long as the grain is active.
        _dispatching = Task.Run(() => DispatchAsync(dispatcher, GrainContext), CancellationToken.None);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await _dispatching.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Its place in the log is a little behind then; the next one meets some events again.
        }
    }

    public void Dispose()
    {
        _listeners?.Dispose();
        _stopping.Dispose();
    }

    public Task Keep()
    {
        // Whoever held these is gone; what it committed is found in the store when it is woken.
        foreach (var (id, held) in _held)
        {
            if (clock.GetUtcNow() - held.At > HeldAtMost && _held.TryRemove(id, out var forgotten))
                forgotten.Place.Dispose();
        }

        return Task.CompletedTask;
    }

    public async Task<HeldPlace> Hold(long? after, bool isLate)
    {
        var place = await Listeners.HoldAsync(after, isLate);
        var held = new HeldPlace(Guid.NewGuid(), place.After);
        _held[held.Id] = (place, clock.GetUtcNow());
        return held;
    }

    public Task Take(HeldPlace place, Listening listening)
    {
        var subscription = new RunSubscription(listening.Run, listening.Types, listening.After);
        if (_held.TryRemove(place.Id, out var held))
            held.Place.Take(subscription);
        else
            Listeners.Adopt(subscription, place.After);
        return Task.CompletedTask;
    }

    public Task Release(HeldPlace place)
    {
        if (_held.TryRemove(place.Id, out var held))
            held.Place.Dispose();
        return Task.CompletedTask;
    }

    public Task Remove(string run)
    {
        Listeners.Remove(run);
        return Task.CompletedTask;
    }

    private async Task DispatchAsync(EventDispatcher dispatcher, IGrainContext context)
    {
        using var held = dispatcher;
        try
        {
            await dispatcher.RunAsync(_stopping.Token);
        }
        catch (Exception e)
        {
            loggers.CreateLogger<DispatchGrain>().LogError(e, "The dispatcher ended; another one goes on");
            Listeners.Fail(e);
        }

        if (!_stopping.IsCancellationRequested)
            context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The dispatcher ended."));
    }
}
