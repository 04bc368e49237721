using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>Installed charging profiles and the limit that results. OCPP 1.6 §3.13.</summary>
public sealed class ChargingProfiles
{
    const int PhaseVolts = 230;

    readonly Lock _lock = new();
    readonly List<(int Connector, ChargingProfile Profile)> _installed = [];

    public void Set(int connector, ChargingProfile profile)
    {
        lock (_lock)
        {
            _installed.RemoveAll(old => old.Profile.ChargingProfileId == profile.ChargingProfileId
                || (old.Connector == connector
                    && old.Profile.StackLevel == profile.StackLevel
                    && old.Profile.ChargingProfilePurpose == profile.ChargingProfilePurpose));
            _installed.Add((connector, profile));
        }
    }

    /// <summary>Removes what matches every criterion given; false when nothing did.</summary>
    public bool Clear(ClearChargingProfileRequest criteria)
    {
        lock (_lock)
        {
            return _installed.RemoveAll(old => criteria.Id is { } id
                ? old.Profile.ChargingProfileId == id
                : (criteria.ConnectorId ?? old.Connector) == old.Connector
                    && (criteria.StackLevel ?? old.Profile.StackLevel) == old.Profile.StackLevel
                    && (criteria.ChargingProfilePurpose ?? old.Profile.ChargingProfilePurpose) == old.Profile.ChargingProfilePurpose) > 0;
        }
    }

    /// <summary>Watts allowed at an instant: of each purpose the highest stack level counts, of the purposes the lowest limit.</summary>
    public int LimitW(int connector, DateTimeOffset at, DateTimeOffset transactionStart)
    {
        lock (_lock)
        {
            var limits = _installed
                .Where(entry => entry.Connector == 0 || entry.Connector == connector)
                .GroupBy(entry => entry.Profile.ChargingProfilePurpose)
                .Select(purpose => (purpose.Key, LimitW: Highest(purpose.Select(entry => entry.Profile), at, transactionStart)))
                .Where(limit => limit.LimitW is not null)
                .ToDictionary(limit => limit.Key, limit => limit.LimitW!.Value);
            // A transaction's own profile overrules the default for transactions.
            if (limits.ContainsKey(ChargingProfilePurposeType.TxProfile)) limits.Remove(ChargingProfilePurposeType.TxDefaultProfile);
            return limits.Count == 0 ? int.MaxValue : limits.Values.Min();
        }
    }

    static int? Highest(IEnumerable<ChargingProfile> profiles, DateTimeOffset at, DateTimeOffset transactionStart) => profiles
        .OrderByDescending(profile => profile.StackLevel)
        .Select(profile => LimitW(profile, at, transactionStart))
        .FirstOrDefault(limit => limit is not null);

    static int? LimitW(ChargingProfile profile, DateTimeOffset at, DateTimeOffset transactionStart)
    {
        if (at < profile.ValidFrom || at > profile.ValidTo) return null;
        var schedule = profile.ChargingSchedule;
        var start = profile.ChargingProfileKind == ChargingProfileKindType.Relative
            ? transactionStart
            : schedule.StartSchedule ?? transactionStart;
        if (at < start) return null;
        var elapsed = at - start;
        if (profile.RecurrencyKind is { } recurs && profile.ChargingProfileKind == ChargingProfileKindType.Recurring)
            elapsed = TimeSpan.FromTicks(elapsed.Ticks % TimeSpan.FromDays(recurs == RecurrencyKindType.Daily ? 1 : 7).Ticks);
        var seconds = (long)elapsed.TotalSeconds;
        if (seconds > schedule.Duration) return null;
        var period = schedule.ChargingSchedulePeriod.LastOrDefault(candidate => candidate.StartPeriod <= seconds);
        if (period is null) return null;
        return (int)(schedule.ChargingRateUnit == ChargingRateUnitType.W
            ? period.Limit
            : period.Limit * PhaseVolts * (period.NumberPhases ?? 3));
    }
}
