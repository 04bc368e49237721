namespace Voltwright.Bench.Scale;

/// <summary>What stations and drivers do: assumptions, each of them a number that an operator can replace by a known one.</summary>
public sealed record Demand
{
    public int Stations { get; init; } = 1_000_000;

    public double SessionsPerStationAndDay { get; init; } = 3;

    public double SessionMinutes { get; init; } = 45;

    /// <summary>Between two readings of the meter while charging.</summary>
    public double MeterSeconds { get; init; } = 60;

    /// <summary>What the server tells stations at boot.</summary>
    public double HeartbeatSeconds { get; init; } = 300;

    /// <summary>Status notifications of one session, of both ends of it.</summary>
    public double StatusesPerSession { get; init; } = 4;

    /// <summary>LED, lock, start, stop.</summary>
    public double CommandsPerSession { get; init; } = 9;

    /// <summary>First and second scan.</summary>
    public double RunsPerSession { get; init; } = 2;

    /// <summary>Two taps, and what a session and its station say of it: leased, charging, started, stopped, ended, paid.</summary>
    public double LifeEventsPerSession { get; init; } = 10;

    public double MeterReadingsPerSession => SessionMinutes * 60 / MeterSeconds;

    /// <summary>Authorize twice, start, stop, statuses, readings.</summary>
    public double MessagesPerSession => 4 + StatusesPerSession + MeterReadingsPerSession;

    public double EventsPerSession => LifeEventsPerSession + StatusesPerSession + MeterReadingsPerSession;

    /// <summary>Sessions that begin in a second, over the day.</summary>
    public double SessionsPerSecond => Stations * SessionsPerStationAndDay / 86_400;

    public double HeartbeatsPerSecond => Stations / HeartbeatSeconds;
}
