using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>Starts the run whose time has come, and sets the next time.</summary>
public sealed class ScheduleTimers(IStore store, WorkflowCatalog workflows, IGrainFactory grains, TimeProvider clock) : ITimerTarget
{
    private readonly Schedules _schedules = new(store, clock);

    public string Kind => Schedules.StreamKind;

    public async Task TimerDue(string stream, string name, CancellationToken cancellation)
    {
        var (generation, due) = Schedules.ReadTimer(name);
        var family = StreamName.IdOf(stream).Split('/', 2);
        List<TimerChange> timers = [new TimerChange(stream, name, null)];
        if (await _schedules.GenerationAsync(stream, cancellation) == generation
            && workflows.Find(family[0], family[1], null) is { Program.Times: { } times } workflow)
        {
            var order = new RunOrder(workflow.Id, default, [], null) { Schedule = generation };
            await grains.Find<IRunGrain>(RunIds.OfSchedule(workflow.Id, name)).Start(order);
            if (times.Next(due, clock.GetUtcNow()) is { } next)
                timers.Add(Schedules.Timer(stream, generation, next));
        }

        await store.CommitAsync(new Commit { Timers = timers }, cancellation);
    }
}
