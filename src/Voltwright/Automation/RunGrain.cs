using System.Text.Json;
using Microsoft.Extensions.Logging;
using Voltwright.Automation.Invocations;
using Voltwright.Cluster;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>Hosts one run: applies an event, makes the new state durable, then lets its side effects go.</summary>
/// <remarks>Answers of calls arrive beside the grain's requests, hence the lock; one step is taken at a time.</remarks>
public sealed partial class RunGrain(
    IStore store, WorkflowCatalog workflows, HttpCaller caller, Invoker invoker, AutomationOptions options,
    TimeProvider clock, ILogger<RunGrain> log)
    : Grain, IRunGrain, IDisposable
{
    private readonly SemaphoreSlim _step = new(1, 1);
    private RunDocument? _run;
    private RunState? _state;
    private WorkflowProgram? _program;
    private RunEnd? _end;
    private long _version;

    private string Id => this.GetPrimaryKeyString();

    private string Stream => RunDocument.StreamOf(Id);

    private bool IsOpen => _state is not null && !RunDocument.IsOver(_state.Status);

    /// <summary>Ordered by another run, in one commit with what that did, and not begun.</summary>
    private bool IsPending => _run is not null && _state is null && _end is null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.LoadAsync(Stream, cancellationToken) is not { } stored)
            return;
        var document = JsonValue.Parse(stored.Body.Span);
        _version = stored.Version;
        _run = RunDocument.Read(document);
        if (RunDocument.IsOver(document))
            _end = RunDocument.ReadEnd(document);
        else if (!RunDocument.IsPending(document))
        {
            _program = await ProgramOfAsync(_run.Order.Workflow);
            _state = RunState.FromJson(_program, document["state"], options.Secrets);
            Release(_state.Pending);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var call in _calls.Values)
            await call.CancelAsync();
        // The step under way comes to its end; none begins after it.
        await _step.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task<bool> Start(RunOrder order)
    {
        await _step.WaitAsync();
        try
        {
            if (_run is null || IsPending)
            {
                await BeginAsync(_run?.Order ?? order);
                return true;
            }

            DeactivateWhenOver();
            return false;
        }
        finally
        {
            _step.Release();
        }
    }

    public async Task Wake()
    {
        if (IsPending)
            await Start(_run!.Order);
        else if (IsOpen && _run!.Order.Parent is { Command: { } command } parent
            && !await GrainFactory.Find<IRunGrain>(parent.Id).Awaits(command))
        {
            await Cancel();
        }
        else if (IsOpen)
        {
            await ListenAgainAsync();
        }

        DeactivateWhenOver();
    }

    public Task TimerDue(string name) => ApplyAsync(new TimerFired(clock.GetUtcNow(), name), name);

    public void Dispose() => _step.Dispose();

    private async Task BeginAsync(RunOrder order)
    {
        try
        {
            _program = await ProgramOfAsync(order.Workflow);
            _run = new RunDocument(Id, order);
            using var activity = Telemetry.StartRun(order, Id);
            _run = _run with { Order = order with { TraceParent = activity is { Recorded: true } ? activity.Id : order.TraceParent } };
            var now = clock.GetUtcNow();
            var step = Engine.Start(_program, new RunStart(Id, order.Input, now, options.Secrets), options.Engine);
            Metrics.RunsStarted.Add(1, new KeyValuePair<string, object?>("workflow", order.Workflow.Name));
            await TakeAsync(step, "start", now, null);
        }
        catch (Exception e) when (_state is null)
        {
            log.LogWarning(e, "Run {Run} of {Workflow} did not start", Id, order.Workflow);
            _run = null;
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task ApplyAsync(RunEvent e, string? timer)
    {
        await _step.WaitAsync();
        try
        {
            if (IsOpen)
            {
                await StepAsync(e, timer);
                return;
            }

            await ForgetTimerAsync(timer);
            DeactivateWhenOver();
        }
        finally
        {
            _step.Release();
        }
    }

    /// <summary>Takes one step. An error of our own making must not leave the run without a future: it faults, and can be retried.</summary>
    private async Task StepAsync(RunEvent e, string? timer)
    {
        try
        {
            await TakeAsync(Engine.Apply(_program!, _state!, e, options.Secrets, options.Engine), NameOf(e), e.At, timer);
        }
        catch (Exception failure) when (failure is not (StaleVersionException or ObjectDisposedException or OperationCanceledException))
        {
            log.LogError(failure, "Run {Run} of {Workflow} could not take {Event}", Id, _run?.Order.Workflow, NameOf(e));
            var abort = new Abort(
                e.At, $"'{NameOf(e)}' could not be applied: {failure.GetType().Name}. The server's log says more; retry the run when that is mended.");
            await TakeAsync(Engine.Apply(_program!, _state!, abort, options.Secrets, options.Engine), NameOf(abort), e.At, timer);
        }
    }

    /// <summary>State, journal, events, timers and children of one step in one commit; only then its calls.</summary>
    private async Task TakeAsync(RunStep step, string cause, DateTimeOffset at, string? firedTimer)
    {
        if (step.ChangesNothing)
        {
            await ForgetTimerAsync(firedTimer);
            return;
        }

        var place = Listens(step) ? await HoldAsync() : null;
        var subscription = place is null ? null : new RunSubscription(Id, step.Commands.OfType<Subscribe>().First().Types, _run!.Position);
        if (place is not null)
            _run = _run! with { Position = place.After };
        try
        {
            await CommitAsync(step, cause, at, firedTimer, subscription);
        }
        catch when (place is not null)
        {
            await ReleaseAsync(place);
            throw;
        }

        _version++;
        _state = step.State;
        if (subscription is not null)
            _ = TakeAsync(place!, subscription);
        Release(step.Commands);
        if (RunDocument.IsOver(_state.Status))
            Ended();
    }

    private Task CommitAsync(RunStep step, string cause, DateTimeOffset at, string? firedTimer, RunSubscription? subscription)
    {
        var write = new StreamWrite(Stream, _version, _run!.Write(step.State, at), RunDocument.WriteRecord(cause, step.Trace));
        return CommitAsync(new Commit
        {
            Writes = [write, .. SubscriptionOf(step, subscription), .. ChildrenOf(step, at)],
            Events = [.. step.Commands.OfType<Emit>().Select(e => e.CloudEvent), .. LifecycleOf(step, at)],
            Timers = TimersOf(step, firedTimer, at),
            Forget = Forgotten(),
        });
    }

    private IEnumerable<JsonValue> LifecycleOf(RunStep step, DateTimeOffset at) => options.Lifecycle == LifecyclePublication.None ? []
        : LifecycleEvents.Of(_program!, _state?.Status, step, at, withTasks: options.Lifecycle == LifecyclePublication.All);

    private void Ended()
    {
        _end = new RunEnd(_state!.Status, _state.Output, _state.Error);
        Metrics.RunsEnded.Add(1, new("workflow", _run!.Order.Workflow.Name), new("status", _state.Status.ToString()));
        if (_run.Position is not null)
            _ = StopListeningAsync();
        if (_run.Order.Parent is { Command: { } command } parent)
            _ = TellAsync(parent.Id, command, _end);
        DeactivateWhenOver();
    }

    /// <summary>Now and then the oldest part of a long journal.</summary>
    private RecordLimit[] Forgotten() =>
        _version > options.JournalKept && _version % JournalBlock == 0 ? [new RecordLimit(Stream, _version - options.JournalKept)] : [];

    private async Task ForgetTimerAsync(string? timer)
    {
        if (timer is not null)
            await store.CommitAsync(new Commit { Timers = [new TimerChange(Stream, timer, null)] });
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

    private async ValueTask<WorkflowProgram> ProgramOfAsync(WorkflowId id) =>
        (workflows.Find(id) ?? await workflows.FetchAsync(id) ?? throw new InvalidOperationException($"{id} is not deployed.")).Program;

    private static string NameOf(RunEvent e) => JsonNamingPolicy.CamelCase.ConvertName(e.GetType().Name);

    // Thousands of runs end every second; each would stay in memory for minutes.
    private void DeactivateWhenOver()
    {
        if (_run is not null && !IsOpen && !IsPending)
            DeactivateOnIdle();
    }
}
