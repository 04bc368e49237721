using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

// What a step asks for: a part goes into its commit, the rest happens after it.
public sealed partial class RunGrain
{
    private const int JournalBlock = 128;
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, CancellationTokenSource> _calls = new(StringComparer.Ordinal);

    private void Release(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            switch (command)
            {
                case CallHttp call:
                    _ = CallAsync(call);
                    break;
                case Invoke invoke:
                    _ = InvokeAsync(invoke);
                    break;
                case CancelCall or CancelInvoke when _calls.TryGetValue(command.Id, out var running):
                    running.Cancel();
                    break;
                case StartChild start:
                    _ = StartAsync(start);
                    break;
                case CancelChild cancel:
                    _ = CancelAsync(cancel);
                    break;
            }
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
            await GrainFactory.Find<IRunGrain>(Id).Wake();
        }
        catch (ObjectDisposedException)
        {
            // This activation is gone: the next one makes the call again, under the same key.
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

    private List<TimerChange> TimersOf(RunStep step, string? firedTimer, DateTimeOffset at)
    {
        var due = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        if (firedTimer is not null)
            due[firedTimer] = null;
        var isOver = RunDocument.IsOver(step.State.Status);
        if (isOver && _state is not null)
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

        List<TimerChange> changes = due.Count == 0 ? [] : [.. due.Select(d => new TimerChange(Stream, d.Key, d.Value))];
        if (isOver && Schedules.AfterEnd(_program!, _run!.Order, at) is { } next)
            changes.Add(next);
        return changes;
    }

    private IEnumerable<StreamWrite> SubscriptionOf(RunStep step, RunSubscription? begun)
    {
        if (begun is not null)
            yield return begun.Begin();
        else if (step.Commands.OfType<Unsubscribe>().Any())
            yield return RunSubscription.End(Id);
    }
}
