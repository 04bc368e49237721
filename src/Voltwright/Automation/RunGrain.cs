using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Voltwright.Automation.Invocations;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Hosts one run: applies an event, makes the new state durable, then lets its side effects go.</summary>
/// <remarks>Answers of calls arrive beside the grain's requests, hence the lock; one step is taken at a time.</remarks>
public sealed partial class RunGrain(
    IStore store, WorkflowCatalog workflows, HttpCaller caller, Invoker invoker, AutomationOptions options, TimeProvider clock, ILogger<RunGrain> log)
    : Grain, IRunGrain, IDisposable
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _step = new(1, 1);
    private readonly Dictionary<string, CancellationTokenSource> _calls = new(StringComparer.Ordinal);
    private RunDocument? _run;
    private RunState? _state;
    private WorkflowProgram? _program;
    private long _version;

    private string Id => this.GetPrimaryKeyString();

    private bool IsOpen => _state is not null && !RunDocument.IsOver(_state.Status);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(RunDocument.StreamOf(Id), cancellationToken) is not { } stored)
            return;
        var document = JsonValue.Parse(stored.Body.Span);
        _version = stored.Version;
        _run = RunDocument.Read(document);
        if (RunDocument.IsOver(document))
            return;
        _program = ProgramOf(_run.Order.Workflow);
        _state = RunState.FromJson(_program, document["state"], options.Secrets);
        Release(_state.Pending);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var call in _calls.Values)
            await call.CancelAsync();
    }

    public async Task<bool> Start(RunOrder order)
    {
        await _step.WaitAsync();
        try
        {
            if (_run is not null)
            {
                DeactivateWhenOver();
                return false;
            }

            _program = ProgramOf(order.Workflow);
            _run = new RunDocument(Id, order);
            using var activity = Telemetry.StartRun(order, Id);
            _run = _run with { Order = order with { TraceParent = activity?.Id ?? order.TraceParent } };
            var now = clock.GetUtcNow();
            var step = Engine.Start(_program, new RunStart(Id, order.Input, now, options.Secrets), options.Engine);
            Telemetry.RunsStarted.Add(1, new KeyValuePair<string, object?>("workflow", order.Workflow.Name));
            await TakeAsync(step, "start", now, null);
            return true;
        }
        catch (Exception e) when (_state is null)
        {
            log.LogWarning(e, "Run {Run} of {Workflow} did not start", Id, order.Workflow);
            _run = null;
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _step.Release();
        }
    }

    public Task Wake()
    {
        DeactivateWhenOver();
        return Task.CompletedTask;
    }

    public Task<Refusal?> Cancel() => ChangeAsync(at => new Cancel(at), _ => true, "cancelled");

    public Task<Refusal?> Suspend() => ChangeAsync(at => new Suspend(at), s => s != RunStatus.Suspended, "suspended");

    public Task<Refusal?> Resume() => ChangeAsync(at => new Resume(at), s => s == RunStatus.Suspended, "resumed");

    public Task TimerDue(string name) => ApplyAsync(new TimerFired(clock.GetUtcNow(), name), name);

    public void Dispose() => _step.Dispose();

    private async Task<Refusal?> ChangeAsync(Func<DateTimeOffset, RunEvent> change, Func<RunStatus, bool> isPossible, string wanted)
    {
        if (_run is null)
        {
            DeactivateOnIdle();
            return new Refusal(RefusalKind.NotFound, $"There is no run '{Id}'.");
        }

        if (!IsOpen || !isPossible(_state!.Status))
        {
            var status = _state is null ? "over" : _state.Status.ToString().ToLowerInvariant();
            return new Refusal(RefusalKind.IllegalTransition, $"Run {Id} is {status}; it cannot be {wanted}.");
        }

        await ApplyAsync(change(clock.GetUtcNow()), null);
        return null;
    }

    private async Task ApplyAsync(RunEvent e, string? timer)
    {
        await _step.WaitAsync();
        try
        {
            if (!IsOpen)
            {
                await ForgetTimerAsync(timer);
                DeactivateWhenOver();
                return;
            }

            var step = Engine.Apply(_program!, _state!, e, options.Secrets, options.Engine);
            await TakeAsync(step, JsonNamingPolicy.CamelCase.ConvertName(e.GetType().Name), e.At, timer);
        }
        finally
        {
            _step.Release();
        }
    }

    /// <summary>State, journal, events and timers of one step in one commit; only then its calls.</summary>
    private async Task TakeAsync(RunStep step, string cause, DateTimeOffset at, string? firedTimer)
    {
        var stream = RunDocument.StreamOf(Id);
        var write = new StreamWrite(stream, _version, _run!.Write(step.State, at), RunDocument.WriteRecord(cause, step.Trace));
        await CommitAsync(new Commit
        {
            Writes = [write],
            Events = [.. step.Commands.OfType<Emit>().Select(e => e.CloudEvent)],
            Timers = TimersOf(step, stream, firedTimer),
        });
        _version++;
        _state = step.State;
        Release(step.Commands);
        if (RunDocument.IsOver(_state.Status))
            Telemetry.RunsEnded.Add(1, new("workflow", _run.Order.Workflow.Name), new("status", _state.Status.ToString()));
        DeactivateWhenOver();
    }

    private List<TimerChange> TimersOf(RunStep step, string stream, string? firedTimer)
    {
        var due = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        if (firedTimer is not null)
            due[firedTimer] = null;
        if (RunDocument.IsOver(step.State.Status) && _state is not null)
        {
            foreach (var timer in _state.Pending.OfType<SetTimer>())
                due[timer.Id] = null;
        }

        foreach (var command in step.Commands)
        {
            if (command is SetTimer set)
                due[set.Id] = set.DueAt;
            else if (command is ClearTimer clear)
                due[clear.Id] = null;
        }

        return due.Count == 0 ? [] : [.. due.Select(d => new TimerChange(stream, d.Key, d.Value))];
    }

    private async Task ForgetTimerAsync(string? timer)
    {
        if (timer is not null)
            await store.CommitAsync(new Commit { Timers = [new TimerChange(RunDocument.StreamOf(Id), timer, null)] });
    }

    /// <summary>A store that is away for a while (a full disk) holds the run up; it does not break it.</summary>
    private async Task CommitAsync(Commit commit)
    {
        while (true)
        {
            try
            {
                await store.CommitAsync(commit);
                return;
            }
            catch (StoreUnavailableException e)
            {
                log.LogWarning("Run {Run} waits for the store: {Reason}", Id, e.Message);
                await Task.Delay(StoreRetry, clock);
            }
            catch (StaleVersionException)
            {
                // Another activation went on with this run, or an attempt that seemed to fail did not: what is stored counts.
                DeactivateOnIdle();
                throw;
            }
        }
    }

    private void Release(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            if (command is CallHttp call)
                _ = CallAsync(call);
            else if (command is Invoke invoke)
                _ = InvokeAsync(invoke);
            else if (command is CancelCall or CancelInvoke && _calls.TryGetValue(command.Id, out var running))
                running.Cancel();
        }
    }

    private async Task CallAsync(CallHttp call)
    {
        using var cancellation = new CancellationTokenSource();
        if (!_calls.TryAdd(call.Id, cancellation))
            return;
        try
        {
            // Off the grain's own scheduler: the call may run a whole request of this server, and must not hold the grain up.
            var answer = await Task.Run(() => MakeAsync(call, cancellation.Token));
            _calls.Remove(call.Id);
            if (answer is not null)
                await ApplyAsync(answer, null);
        }
        catch (StaleVersionException)
        {
            await GrainFactory.GetGrain<IRunGrain>(Id).Wake();
        }
        catch (Exception e)
        {
            log.LogError(e, "Run {Run} of {Workflow} could not go on after call {Call}", Id, _run?.Order.Workflow, call.Id);
        }
        finally
        {
            _calls.Remove(call.Id);
        }
    }

    private async Task<RunEvent?> MakeAsync(CallHttp call, CancellationToken cancellation)
    {
        using var activity = Telemetry.StartCall(call, _run!.Order.TraceParent);
        return await caller.CallAsync(call, cancellation);
    }

    private WorkflowProgram ProgramOf(WorkflowId id) =>
        (workflows.Find(id) ?? throw new InvalidOperationException($"{id} is not deployed.")).Program;

    // Thousands of runs end every second; each would stay in memory for minutes.
    private void DeactivateWhenOver()
    {
        if (_run is not null && !IsOpen)
            DeactivateOnIdle();
    }
}
