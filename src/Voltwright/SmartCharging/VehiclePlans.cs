using Voltwright.Stations;

namespace Voltwright.SmartCharging;

/// <summary>
/// What vehicles that speak for themselves (ISO 15118) are offered: as much as they can take, within what the profiles of the station
/// allow. A session's profile takes the place of the default, so the default's limits are in the offer.
/// </summary>
public sealed class VehiclePlans(ChargingProfiles profiles, UndeliveredWishes wishes, TimeProvider clock)
{
    /// <summary>Offers of one slot replace each other; numbers below are left to operators.</summary>
    private const int FirstProfile = 1_000_000;

    private const int MostPeriods = 24;
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    /// <summary>Makes an offer for the session at a slot; it follows the answer. False when nothing charges there.</summary>
    public async Task<bool> OfferAsync(string stationId, int slot, VehicleNeeds needs, CancellationToken cancellation)
    {
        var id = FirstProfile + slot;
        var allowed = await profiles.ComposeAsync(stationId, slot, Horizon, needs.Unit, cancellation, except: id);
        if (allowed.Value is not { SessionId: { } sessionId } composite)
            return false;
        var offer = new ChargingProfile
        {
            Id = id,
            Purpose = ProfilePurpose.Session,
            SessionId = sessionId,
            Schedule = new ChargingSchedule(PeriodsOf(composite, needs), needs.Unit, composite.From),
        };
        if ((await profiles.WantAsync(stationId, slot, offer, cancellation)).Refusal is not null)
            return false;
        wishes.Add(stationId);
        return true;
    }

    /// <summary>Whether what a vehicle intends is within its limits. If not, it is told its limits again.</summary>
    public async Task<bool> JudgeAsync(string stationId, int slot, ChargingSchedule intended, CancellationToken cancellation)
    {
        var limits = await profiles.ComposeAsync(stationId, slot, Horizon, intended.Unit, cancellation);
        if (limits.Value is not { } composite || intended.Periods.All(p => p.Limit <= LimitAt(composite, intended.Start ?? clock.GetUtcNow(), p)))
            return true;
        await profiles.WantAgainAsync(stationId, FirstProfile + slot, cancellation);
        wishes.Add(stationId);
        return false;
    }

    private static decimal LimitAt(Composite composite, DateTimeOffset start, SchedulePeriod period)
    {
        var seconds = Math.Max(0, (start.AddSeconds(period.StartSeconds) - composite.From).TotalSeconds);
        return composite.Periods.LastOrDefault(p => p.StartSeconds <= seconds)?.Limit ?? decimal.MaxValue;
    }

    /// <summary>A vehicle may take few periods only: the last one then has the least of those that it stands for.</summary>
    private static IReadOnlyList<SchedulePeriod> PeriodsOf(Composite composite, VehicleNeeds needs)
    {
        var periods = composite.Periods
            .Select(p => new SchedulePeriod(p.StartSeconds, Math.Min(p.Limit ?? needs.Most, needs.Most), p.Phases ?? needs.Phases)).ToList();
        var most = Math.Clamp(needs.MostPeriods ?? MostPeriods, 1, MostPeriods);
        if (periods.Count <= most)
            return periods;
        var last = periods[most - 1] with { Limit = periods.Skip(most - 1).Min(p => p.Limit) };
        return [.. periods.Take(most - 1), last];
    }
}

/// <summary>What a vehicle can take.</summary>
/// <param name="Most">A (a phase) or W, as <paramref name="Unit"/> says.</param>
/// <param name="Phases">Null where it takes direct current.</param>
/// <param name="MostPeriods">How many periods of a schedule it can keep; null where it does not say.</param>
public sealed record VehicleNeeds(decimal Most, PowerUnit Unit, int? Phases = null, int? MostPeriods = null);
