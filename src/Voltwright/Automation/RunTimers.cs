using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>Hands the timers of runs to their grains.</summary>
public sealed class RunTimers(IGrainFactory grains) : ITimerTarget
{
    public string Kind => RunDocument.StreamKind;

    public Task TimerDue(string stream, string name, CancellationToken cancellation) =>
        grains.Find<IRunGrain>(StreamName.IdOf(stream)).TimerDue(name);
}
