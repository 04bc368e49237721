using System.Text.Json.Serialization;

namespace Voltwright.SmartCharging;

/// <summary>A limit over time, stacked with others by purpose and level, in words that all versions share.</summary>
[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties), Immutable]
public sealed record ChargingProfile
{
    /// <summary>Unique at its station.</summary>
    public required int Id { get; init; }

    public required ProfilePurpose Purpose { get; init; }

    /// <summary>Of one purpose, the highest level that has something to say at a moment counts.</summary>
    public int StackLevel { get; init; }

    public ProfileKind Kind { get; init; } = ProfileKind.Absolute;

    /// <summary>The session that it is for; only with <see cref="ProfilePurpose.Session"/>.</summary>
    public string? SessionId { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public required ChargingSchedule Schedule { get; init; }

    public IEnumerable<string> Problems()
    {
        if (StackLevel < 0)
            yield return "stackLevel must not be negative.";
        if (ValidTo <= ValidFrom)
            yield return "validTo must be later than validFrom.";
        if (Schedule.Periods is not [{ StartSeconds: 0 }, ..])
            yield return "schedule.periods must begin with one at startSeconds 0.";
        if (Schedule.Periods.Zip(Schedule.Periods.Skip(1)).Any(p => p.Second.StartSeconds <= p.First.StartSeconds))
            yield return "schedule.periods must be in the order of their starts.";
        if (Schedule.Periods.Any(p => p.Limit < 0))
            yield return "a limit must not be negative.";
        if (Schedule.DurationSeconds is <= 0)
            yield return "schedule.durationSeconds must be positive.";
        if (Kind is ProfileKind.Daily or ProfileKind.Weekly && Schedule.Start is null)
            yield return "a recurring schedule needs its start.";
        if (Purpose == ProfilePurpose.Session && SessionId is null)
            yield return "a profile for a session names it in sessionId.";
        if (Purpose == ProfilePurpose.StationMax && Kind == ProfileKind.Relative)
            yield return "the limit of a station cannot be relative to a session.";
    }
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<ProfilePurpose>))]
public enum ProfilePurpose
{
    /// <summary>What the station may draw in all.</summary>
    StationMax,

    /// <summary>What a session gets for which nothing else is said.</summary>
    Default,

    /// <summary>What one session gets; it replaces the default.</summary>
    Session,
}

[GenerateSerializer, JsonConverter(typeof(KebabCase<ProfileKind>))]
public enum ProfileKind
{
    Absolute,

    /// <summary>Counted from the start of the session.</summary>
    Relative,
    Daily,
    Weekly,
}

/// <param name="Unit"><c>W</c> or <c>A</c> (a phase).</param>
/// <param name="DurationSeconds">Null lets the last period go on.</param>
[GenerateSerializer, Immutable]
public sealed record ChargingSchedule(
    IReadOnlyList<SchedulePeriod> Periods, PowerUnit Unit = PowerUnit.W, DateTimeOffset? Start = null, int? DurationSeconds = null);

/// <param name="StartSeconds">From the start of the schedule.</param>
/// <param name="Phases">Null means 3.</param>
[GenerateSerializer, Immutable]
public sealed record SchedulePeriod(int StartSeconds, decimal Limit, int? Phases = null);

[GenerateSerializer, JsonConverter(typeof(JsonStringEnumConverter<PowerUnit>))]
public enum PowerUnit
{
    W,
    A,
}

/// <summary>A profile and where it is to be: <c>profiles/{stationId}</c> has all of a station.</summary>
/// <param name="Slot">Null means the whole station, or any of its slots for a default.</param>
/// <param name="Reached"><c>wanted</c>, <c>confirmed</c>, <c>unsupported</c> or <c>failed</c>.</param>
public sealed record InstalledProfile(int? Slot, ChargingProfile Profile, string Reached, DateTimeOffset At, string? Problem = null);

public sealed record ProfileBook(string StationId, IReadOnlyList<InstalledProfile> Profiles);
