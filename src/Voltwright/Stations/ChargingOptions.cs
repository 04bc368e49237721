namespace Voltwright.Stations;

/// <summary>How long things may take. Every value can be configured; the defaults suit public charging.</summary>
public sealed record ChargingOptions
{
    /// <summary>How long a slot is kept for a card that has not plugged in.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same card again within this time, with nothing in between, is the same tap.</summary>
    public TimeSpan SameTapWindow { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A start or stop by a card this long after its tap is the same tap.</summary>
    public TimeSpan TapFollowWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a station that asked about a card may take to do itself what the tap is for, before it is told to.</summary>
    public TimeSpan OwnActionWindow { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>An Authorize this long after a start was asked for is the station's own check, not a tap.</summary>
    public TimeSpan StartCheckWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What happened longer ago is history: it is accounted for, and starts nothing now.</summary>
    public TimeSpan HistoricAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A fault that comes and goes within this time is told once.</summary>
    public TimeSpan FaultDebounce { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A line that is lost for less than that is not worth an event of its own.</summary>
    public TimeSpan OfflineDebounce { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait for the end of a session that must have ended (unplugged, or followed by another).</summary>
    public TimeSpan MissingStopGrace { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the end of a session, or a command, may take before the station counts as silent.</summary>
    public TimeSpan StationPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Unknown stations noted for admission; more are refused without a note.</summary>
    public int MaxCandidates { get; init; } = 500;

    public ChargingOptions Validated()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(LeaseDuration), LeaseDuration), (nameof(SameTapWindow), SameTapWindow), (nameof(TapFollowWindow), TapFollowWindow),
            (nameof(OwnActionWindow), OwnActionWindow),
            (nameof(StartCheckWindow), StartCheckWindow), (nameof(HistoricAfter), HistoricAfter), (nameof(FaultDebounce), FaultDebounce),
            (nameof(MissingStopGrace), MissingStopGrace), (nameof(OfflineDebounce), OfflineDebounce),
            (nameof(StationPatience), StationPatience),
        })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(7))
                throw new ArgumentOutOfRangeException(name, value, "must be longer than nothing and no longer than 7 days.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(MaxCandidates);
        return this;
    }
}
