using Microsoft.Extensions.Logging;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

// What ties a run that listens to the one that follows the log, wherever that is at the moment.
public sealed partial class RunGrain
{
    private IDispatchGrain Dispatcher => GrainFactory.GetGrain<IDispatchGrain>(DispatchGrain.Key);

    private static bool Listens(RunStep step) => step.Commands.OfType<Subscribe>().Any();

    /// <summary>Without a place in the log the run cannot listen: it waits until the dispatcher is there.</summary>
    private async Task<HeldPlace> HoldAsync()
    {
        var (after, isLate) = (_run!.Position ?? _run.Order.After, _run.Position is not null);
        while (true)
        {
            try
            {
                return await Dispatcher.Hold(after, isLate);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("Run {Run} waits for the dispatcher: {Reason}", Id, e.Message);
                await Task.Delay(StoreRetry, clock);
            }
        }
    }

    /// <summary>Tells until it is heard; what a crash leaves untold is told when the run is woken.</summary>
    private async Task TakeAsync(HeldPlace place, RunSubscription subscription)
    {
        while (IsOpen)
        {
            try
            {
                await Dispatcher.Take(place, new Listening(subscription.Run, subscription.Types, subscription.After));
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("Run {Run} could not tell that it listens: {Reason}", Id, e.Message);
                await Task.Delay(StoreRetry, clock);
            }
        }
    }

    private async Task ReleaseAsync(HeldPlace place)
    {
        try
        {
            await Dispatcher.Release(place);
        }
        catch (Exception e)
        {
            log.LogDebug("A place in the log is released by its time: {Reason}", e.Message);
        }
    }

    /// <summary>Whoever follows the log now may not know that this run listens.</summary>
    private async Task ListenAgainAsync()
    {
        if (_run?.Position is { } position && await store.LoadAsync(RunSubscription.StreamOf(Id)) is { } stored)
        {
            var subscription = RunSubscription.Read(Id, stored.Body);
            await TakeAsync(new HeldPlace(Guid.Empty, subscription.After is { } after ? Math.Max(after, position) : position), subscription);
        }
    }

    private async Task StopListeningAsync()
    {
        try
        {
            await Dispatcher.Remove(Id);
        }
        catch (Exception e)
        {
            log.LogDebug("The dispatcher learns by the next event that run {Run} is over: {Reason}", Id, e.Message);
        }
    }
}
