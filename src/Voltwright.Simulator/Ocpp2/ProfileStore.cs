using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Installed charging profiles and the limit that results. OCPP 2.0.1 part 2, block K.</summary>
sealed class ProfileStore
{
    const int PhaseVolts = 230;
    const int StationPowerW = 22_000;
    const int StepSeconds = 60;

    readonly Lock _lock = new();
    readonly List<(int Evse, ChargingProfile Profile)> _installed = [];

    public void Set(int evse, ChargingProfile profile)
    {
        lock (_lock)
        {
            _installed.RemoveAll(old => old.Profile.Id == profile.Id
                || (old.Evse == evse
                    && old.Profile.StackLevel == profile.StackLevel
                    && old.Profile.ChargingProfilePurpose == profile.ChargingProfilePurpose));
            _installed.Add((evse, profile));
        }
    }

    /// <summary>Sets the limit of a dynamic profile anew. False when there is none of that number.</summary>
    public bool Adjust(UpdateDynamicScheduleRequest update)
    {
        lock (_lock)
        {
            var at = _installed.FindIndex(
                entry => entry.Profile.Id == update.ChargingProfileId && entry.Profile.ChargingProfileKind == ChargingProfileKind.Dynamic);
            if (at < 0) return false;
            var (evse, profile) = _installed[at];
            var schedule = profile.ChargingSchedule[0];
            var period = schedule.ChargingSchedulePeriod[0] with { Limit = update.ScheduleUpdate.Limit, Setpoint = update.ScheduleUpdate.Setpoint };
            _installed[at] = (evse, profile with { ChargingSchedule = [schedule with { ChargingSchedulePeriod = [period] }] });
            return true;
        }
    }

    /// <summary>Those that match every criterion given.</summary>
    public IReadOnlyList<(int Evse, ChargingProfile Profile)> Find(Func<int, ChargingProfile, bool> wanted)
    {
        lock (_lock) return [.. _installed.Where(entry => wanted(entry.Evse, entry.Profile))];
    }

    /// <summary>False when nothing matched.</summary>
    public bool Clear(Func<int, ChargingProfile, bool> wanted)
    {
        lock (_lock) return _installed.RemoveAll(entry => wanted(entry.Evse, entry.Profile)) > 0;
    }

    /// <summary>Watts allowed at an instant: of each purpose the highest stack level counts, of the purposes the lowest limit.</summary>
    public int LimitW(int evse, DateTimeOffset at, DateTimeOffset transactionStart)
    {
        lock (_lock)
        {
            var limits = _installed
                .Where(entry => entry.Evse == 0 || entry.Evse == evse)
                .GroupBy(entry => entry.Profile.ChargingProfilePurpose)
                .Select(purpose => (purpose.Key, LimitW: Highest(purpose.Select(entry => entry.Profile), at, transactionStart)))
                .Where(limit => limit.LimitW is not null)
                .ToDictionary(limit => limit.Key, limit => limit.LimitW!.Value);
            // A transaction's own profile overrules the default for transactions.
            if (limits.ContainsKey(ChargingProfilePurpose.TxProfile)) limits.Remove(ChargingProfilePurpose.TxDefaultProfile);
            return limits.Count == 0 ? int.MaxValue : limits.Values.Min();
        }
    }

    /// <summary>What all profiles come to, sampled minute by minute.</summary>
    public CompositeSchedule Compose(int evse, DateTimeOffset now, DateTimeOffset transactionStart, int seconds, ChargingRateUnit unit)
    {
        var periods = new List<ChargingSchedulePeriod>();
        for (var second = 0; second < Math.Max(seconds, 1) && periods.Count < 24; second += StepSeconds)
        {
            var limitW = Math.Min(StationPowerW, LimitW(evse, now.AddSeconds(second), transactionStart));
            var limit = unit == ChargingRateUnit.W ? limitW : Math.Round(limitW / (3m * PhaseVolts), 1);
            if (periods.Count == 0 || periods[^1].Limit != limit) periods.Add(new() { StartPeriod = second, Limit = limit });
        }

        return new CompositeSchedule
        {
            EvseId = evse,
            Duration = seconds,
            ScheduleStart = now,
            ChargingRateUnit = unit,
            ChargingSchedulePeriod = periods,
        };
    }

    static int? Highest(IEnumerable<ChargingProfile> profiles, DateTimeOffset at, DateTimeOffset transactionStart) => profiles
        .OrderByDescending(profile => profile.StackLevel)
        .Select(profile => LimitW(profile, at, transactionStart))
        .FirstOrDefault(limit => limit is not null);

    static int? LimitW(ChargingProfile profile, DateTimeOffset at, DateTimeOffset transactionStart)
    {
        if (at < profile.ValidFrom || at > profile.ValidTo) return null;
        var schedule = profile.ChargingSchedule[0];
        var start = profile.ChargingProfileKind == ChargingProfileKind.Relative ? transactionStart : schedule.StartSchedule ?? transactionStart;
        if (at < start) return null;
        var elapsed = at - start;
        if (profile.RecurrencyKind is { } recurs && profile.ChargingProfileKind == ChargingProfileKind.Recurring)
            elapsed = TimeSpan.FromTicks(elapsed.Ticks % TimeSpan.FromDays(recurs == RecurrencyKind.Daily ? 1 : 7).Ticks);
        var seconds = (long)elapsed.TotalSeconds;
        if (seconds > schedule.Duration) return null;
        var period = schedule.ChargingSchedulePeriod.LastOrDefault(candidate => candidate.StartPeriod <= seconds);
        if (period?.Limit is not { } limit) return null;
        return (int)Math.Min(int.MaxValue, schedule.ChargingRateUnit == ChargingRateUnit.W ? limit : limit * PhaseVolts * (period.NumberPhases ?? 3));
    }
}
