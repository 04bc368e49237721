namespace Voltwright.SmartCharging;

/// <summary>
/// What all profiles together let a slot or a station draw (OCPP 1.6 §3.13): a session's profile before the default, neither above
/// the station's.
/// </summary>
public static class CompositeSchedule
{
    private const decimal Volts = 230;
    private const int UsualPhases = 3;

    /// <param name="slot">Null asks for the station as a whole.</param>
    /// <param name="sessionStart">When the session at the slot began; null when there is none.</param>
    public static Composite Compute(
        IReadOnlyList<InstalledProfile> profiles, int? slot, string? sessionId, DateTimeOffset? sessionStart, DateTimeOffset from,
        TimeSpan duration, PowerUnit unit)
    {
        var until = from + duration;
        var begin = sessionStart ?? from;
        var relevant = profiles.Where(p => IsRelevant(p, slot, sessionId)).ToList();
        var moments = relevant.SelectMany(p => ChangesOf(p.Profile, begin, from, until)).Where(t => t > from && t < until).Append(from).Distinct().Order();
        var periods = new List<CompositePeriod>();
        foreach (var moment in moments)
        {
            var (limit, phases) = At(relevant, moment, begin, unit);
            if (periods.Count == 0 || periods[^1].Limit != limit || periods[^1].Phases != phases)
                periods.Add(new((int)(moment - from).TotalSeconds, limit, phases));
        }

        return new Composite(slot, from, (int)duration.TotalSeconds, unit, periods, sessionId);
    }

    private static bool IsRelevant(InstalledProfile p, int? slot, string? sessionId) => p.Profile.Purpose switch
    {
        ProfilePurpose.StationMax => true,
        ProfilePurpose.Default => slot is not null && (p.Slot is null || p.Slot == slot),
        _ => slot is not null && p.Profile.SessionId == sessionId && sessionId is not null,
    };

    private static (decimal? Limit, int? Phases) At(List<InstalledProfile> profiles, DateTimeOffset at, DateTimeOffset begin, PowerUnit unit)
    {
        var own = Leading(profiles, ProfilePurpose.Session, at, begin) ?? Leading(profiles, ProfilePurpose.Default, at, begin);
        var most = Leading(profiles, ProfilePurpose.StationMax, at, begin);
        var found = new[] { own, most }.Where(f => f is not null)
            .Select(f => (Limit: Convert(f!.Value.Period, f.Value.Unit, unit), f.Value.Period.Phases))
            .OrderBy(f => f.Limit).ToList();
        return found.Count == 0 ? (null, null) : (found[0].Limit, found[0].Phases);
    }

    private static (SchedulePeriod Period, PowerUnit Unit)? Leading(
        List<InstalledProfile> profiles, ProfilePurpose purpose, DateTimeOffset at, DateTimeOffset begin)
    {
        // At the same level, what is said of the slot itself counts before what is said of all.
        foreach (var p in profiles.Where(p => p.Profile.Purpose == purpose)
            .OrderByDescending(p => p.Profile.StackLevel).ThenByDescending(p => p.Slot is not null).ThenByDescending(p => p.At))
        {
            if (PeriodAt(p.Profile, at, begin) is { } period)
                return (period, p.Profile.Schedule.Unit);
        }

        return null;
    }

    private static SchedulePeriod? PeriodAt(ChargingProfile profile, DateTimeOffset at, DateTimeOffset begin)
    {
        if (at < profile.ValidFrom || at >= profile.ValidTo)
            return null;
        var start = StartBefore(profile, at, begin);
        var seconds = (at - start).TotalSeconds;
        return seconds < 0 || seconds >= (profile.Schedule.DurationSeconds ?? double.MaxValue)
            ? null
            : profile.Schedule.Periods.LastOrDefault(p => p.StartSeconds <= seconds);
    }

    /// <summary>When the schedule that runs at that moment started.</summary>
    private static DateTimeOffset StartBefore(ChargingProfile profile, DateTimeOffset at, DateTimeOffset begin)
    {
        var start = profile.Schedule.Start ?? profile.ValidFrom ?? begin;
        return profile.Kind switch
        {
            ProfileKind.Relative => begin,
            ProfileKind.Daily => start + (TimeSpan.FromDays(1) * Math.Floor((at - start) / TimeSpan.FromDays(1))),
            ProfileKind.Weekly => start + (TimeSpan.FromDays(7) * Math.Floor((at - start) / TimeSpan.FromDays(7))),
            _ => start,
        };
    }

    private static IEnumerable<DateTimeOffset> ChangesOf(ChargingProfile profile, DateTimeOffset begin, DateTimeOffset from, DateTimeOffset until)
    {
        if (profile.ValidFrom is { } validFrom)
            yield return validFrom;
        if (profile.ValidTo is { } validTo)
            yield return validTo;
        var every = profile.Kind switch
        {
            ProfileKind.Daily => TimeSpan.FromDays(1),
            ProfileKind.Weekly => TimeSpan.FromDays(7),
            _ => until - from + TimeSpan.FromSeconds(1),
        };
        for (var start = StartBefore(profile, from, begin); start < until; start += every)
        {
            foreach (var period in profile.Schedule.Periods)
                yield return start.AddSeconds(period.StartSeconds);
            if (profile.Schedule.DurationSeconds is { } seconds)
                yield return start.AddSeconds(seconds);
            if (profile.Kind is ProfileKind.Absolute or ProfileKind.Relative)
                yield break;
        }
    }

    private static decimal Convert(SchedulePeriod period, PowerUnit has, PowerUnit wanted) => (has, wanted) switch
    {
        (PowerUnit.A, PowerUnit.W) => period.Limit * Volts * (period.Phases ?? UsualPhases),
        (PowerUnit.W, PowerUnit.A) => Math.Round(period.Limit / Volts / (period.Phases ?? UsualPhases), 1, MidpointRounding.ToZero),
        _ => period.Limit,
    };
}

/// <param name="SessionId">Of the session at the slot; null when there is none.</param>
public sealed record Composite(
    int? Slot, DateTimeOffset From, int DurationSeconds, PowerUnit Unit, IReadOnlyList<CompositePeriod> Periods, string? SessionId = null);

/// <param name="StartSeconds">From the beginning of the whole.</param>
/// <param name="Limit">Null where no profile says anything.</param>
public sealed record CompositePeriod(int StartSeconds, decimal? Limit, int? Phases);
