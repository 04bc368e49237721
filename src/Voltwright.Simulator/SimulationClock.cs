namespace Voltwright.Simulator;

/// <summary>
/// The clock of simulated stations: starts at the real time and runs <paramref name="speed"/> times as fast, so that an hour of
/// charging passes in seconds while times, energy and power still agree with each other.
/// </summary>
public sealed class SimulationClock(TimeProvider time, double speed = 1)
{
    readonly DateTimeOffset _start = time.GetUtcNow();
    readonly long _startTimestamp = time.GetTimestamp();

    public TimeProvider Time => time;

    public double Speed => speed;

    public DateTimeOffset Now => _start + (time.GetElapsedTime(_startTimestamp) * speed);

    /// <summary>Waits for a span of simulated time.</summary>
    public Task Delay(TimeSpan simulated, CancellationToken cancellation) => Task.Delay(simulated / speed, time, cancellation);
}
