using Voltwright.Cluster;
using Voltwright.Storage;

namespace Voltwright.Stations;

/// <summary>Hands the timers of stations to their grains.</summary>
public sealed class StationTimers(IGrainFactory grains) : ITimerTarget
{
    public string Kind => "station";

    public Task TimerDue(string stream, string name, CancellationToken cancellation) =>
        grains.Find<IStationGrain>(StreamName.IdOf(stream)).TimerDue(name);
}
