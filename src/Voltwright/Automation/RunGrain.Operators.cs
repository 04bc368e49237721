using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

// What people do to a run, and what the event log brings it.
public sealed partial class RunGrain
{
    public Task<Refusal?> Cancel() => ChangeAsync(at => new Cancel(at), _ => true, "cancelled");

    public Task<Refusal?> Suspend() => ChangeAsync(at => new Suspend(at), s => s != RunStatus.Suspended, "suspended");

    public Task<Refusal?> Resume() => ChangeAsync(at => new Resume(at), s => s == RunStatus.Suspended, "resumed");

    public async Task<Refusal?> Retry()
    {
        if (_run is null)
            return NoSuchRun();
        await _step.WaitAsync();
        try
        {
            if (_end?.Status != RunStatus.Faulted)
                return Impossible("retried: only a faulted run can");
            if (workflows.Find(_run.Order.Workflow) is not { } workflow)
                return Impossible($"retried: {_run.Order.Workflow} is not deployed any more");
            _program = workflow.Program;
            _state ??= RunState.FromJson(_program, await StoredStateAsync(), options.Secrets);
            if (!_state.CanRetry)
                return Impossible("retried: it failed before its first task or after its last. Start another one");
            // Its end has set the schedule's next time already.
            (_end, _run) = (null, _run with { Order = _run.Order with { Schedule = null } });
            await StepAsync(new Retry(clock.GetUtcNow()), null);
            return null;
        }
        finally
        {
            _step.Release();
            DeactivateWhenOver();
        }
    }

    public async Task<bool> EventArrived(long position, JsonValue cloudEvent)
    {
        await _step.WaitAsync();
        try
        {
            if (!IsOpen || _run!.Position is not { } last)
            {
                DeactivateWhenOver();
                return false;
            }

            if (position <= last)
                return true;
            _run = _run with { Position = position };
            await StepAsync(new EventArrived(clock.GetUtcNow(), cloudEvent), null);
            return IsOpen;
        }
        finally
        {
            _step.Release();
        }
    }

    private async Task<Refusal?> ChangeAsync(Func<DateTimeOffset, RunEvent> change, Func<RunStatus, bool> isPossible, string wanted)
    {
        if (_run is null)
            return NoSuchRun();
        if (IsPending)
            await Start(_run.Order);
        if (!IsOpen || !isPossible(_state!.Status))
            return Impossible(wanted);
        await ApplyAsync(change(clock.GetUtcNow()), null);
        return null;
    }

    private Refusal NoSuchRun()
    {
        DeactivateOnIdle();
        return new Refusal(RefusalKind.NotFound, $"There is no run '{Id}'.");
    }

    private Refusal Impossible(string wanted)
    {
        DeactivateWhenOver();
        var status = (_end?.Status ?? _state?.Status)?.ToString().ToLowerInvariant() ?? "over";
        return new Refusal(RefusalKind.IllegalTransition, $"Run {Id} is {status}; it cannot be {wanted}.");
    }

    private async Task<JsonValue> StoredStateAsync() =>
        await store.LoadAsync(Stream) is { } stored ? JsonValue.Parse(stored.Body.Span)["state"] : default;
}
