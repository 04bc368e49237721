using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

// Runs that this run starts, and the run that started this one.
public sealed partial class RunGrain
{
    private const int Attempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    public async Task<RunEnd?> Join(RunOrder order)
    {
        await Start(order);
        return _end;
    }

    public Task ChildEnded(string command, RunEnd end) =>
        ApplyAsync(new ChildEnded(clock.GetUtcNow(), command, end.Status, end.Output, end.Error), null);

    public Task<bool> Awaits(string command)
    {
        var awaits = IsOpen && _state!.Pending.Any(c => c is StartChild && c.Id == command);
        DeactivateWhenOver();
        return Task.FromResult(awaits);
    }

    /// <summary>Those nobody will ask after again are ordered in the step's own commit: none is lost, none begins twice.</summary>
    private IEnumerable<StreamWrite> ChildrenOf(RunStep step, DateTimeOffset at)
    {
        foreach (var start in step.Commands.OfType<StartChild>().Where(s => !s.IsAwaited))
        {
            if (OrderOf(start, out var refusal) is not { } order)
            {
                log.LogWarning("Run {Run} could not start another: {Reason}", Id, $"{refusal["detail"]}");
                continue;
            }

            var id = RunIds.OfChild(Id, start.Id);
            yield return new StreamWrite(RunDocument.StreamOf(id), 0, new RunDocument(id, order).WritePending(at));
        }
    }

    private async Task StartAsync(StartChild start)
    {
        // Not while this grain is being activated: two grains that activate each other wait for ever.
        await Task.Yield();
        var child = GrainFactory.Find<IRunGrain>(RunIds.OfChild(Id, start.Id));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (start.IsAwaited)
                    await JoinAsync(child, start);
                else
                    await child.Wake();
                return;
            }
            catch (Exception e) when (attempt < Attempts)
            {
                log.LogWarning(e, "Run {Run} could not start {Workflow}; trying again", Id, start.Name);
                await Task.Delay(BetweenAttempts, clock);
            }
            catch (Exception e)
            {
                log.LogError(e, "Run {Run} could not start {Workflow}", Id, start.Name);
                var why = JsonObject.Of(("detail", $"A run of {start.Namespace}/{start.Name} could not be started. The server's log says more."));
                await ChildEnded(start.Id, new RunEnd(RunStatus.Faulted, default, why));
                return;
            }
        }
    }

    private async Task JoinAsync(IRunGrain child, StartChild start)
    {
        if (OrderOf(start, out var refusal) is not { } order)
            await ChildEnded(start.Id, new RunEnd(RunStatus.Faulted, default, refusal));
        else if (await child.Join(order) is { } end)
            await ChildEnded(start.Id, end);
        else if (!await Awaits(start.Id))
            await child.Cancel();
    }

    private async Task CancelAsync(CancelChild cancel)
    {
        try
        {
            await GrainFactory.Find<IRunGrain>(RunIds.OfChild(Id, cancel.Id)).Cancel();
        }
        catch (Exception e)
        {
            // It asks by itself when it is woken next.
            log.LogWarning(e, "Run {Run} could not cancel the run it had started as {Command}", Id, cancel.Id);
        }
    }

    /// <summary>Null, with the reason, when there is no such workflow, or too many runs are inside one another.</summary>
    private RunOrder? OrderOf(StartChild start, out JsonValue refusal)
    {
        var name = $"{start.Namespace}/{start.Name} {start.Version}";
        var depth = (_run!.Order.Parent?.Depth ?? 0) + 1;
        var workflow = workflows.Find(start.Namespace, start.Name, start.Version == "latest" ? null : start.Version);
        refusal = depth > Nesting.Deepest ? Nesting.TooDeep(name) : workflow is null ? Nesting.NotDeployed(name) : default;
        return refusal.IsNull
            ? new RunOrder(workflow!.Id, start.Input, [], _run.Order.TraceParent)
            {
                Parent = new ParentRun(Id, start.IsAwaited ? start.Id : null, depth),
            }
            : null;
    }

    /// <summary>When it does not succeed, the other run asks after its next start.</summary>
    private async Task TellAsync(string parent, string command, RunEnd end)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await GrainFactory.Find<IRunGrain>(parent).ChildEnded(command, end);
                return;
            }
            catch (Exception e)
            {
                log.LogWarning(e, "Run {Run} could not tell {Parent} that it is over", Id, parent);
                await Task.Delay(BetweenAttempts, clock);
            }
        }
    }
}
