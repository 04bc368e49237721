using Voltwright.Gateway;
using Voltwright.Stations;

namespace Voltwright.Health;

/// <summary>How a station is, for people and workflows.</summary>
/// <param name="Status"><c>good</c>, <c>degraded</c> (it serves, with trouble) or <c>bad</c> (it does not serve).</param>
/// <param name="Reasons">Why it is not good, in plain words.</param>
public sealed record HealthReport(
    string StationId, string Status, IReadOnlyList<string> Reasons, LineHealth Line, Uptime Uptime, IReadOnlyList<SlotHealth> Slots,
    FaultHealth? Fault, ErrorTrend Errors, ClockHealth Clock, FirmwareHealth Firmware, IReadOnlyList<string> OpenTickets)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);
    private const int UnsteadyDisconnects = 5;

    public static HealthReport Of(Station station, HealthRecord record, LinkFacts? link, TimeSpan? drift, DateTimeOffset now)
    {
        var line = new LineHealth(
            station.Connected, record.Line.Since, station.OfflineSince, station.LastSeenAt, (int?)link?.Silence?.TotalSeconds,
            record.Disconnects.Count(d => d > now - Day), record.Disconnects.Count(d => d > now - Week));
        var slots = station.Slots.Select(s => SlotOf(s, record, now)).ToList();
        var clock = new ClockHealth(drift is { } off ? (int)Math.Round(off.TotalSeconds) : null, drift is not { } d || d.Duration() < ClockTolerance);
        var firmware = new FirmwareHealth(station.Firmware, record.Firmware.LastOrDefault()?.Since, record.BootedAt);
        var reasons = ReasonsOf(station, line, clock, slots).ToList();
        var isBad = station.Status != StationStatus.Available || slots.TrueForAll(s => s.Status is SlotStatus.Faulted or SlotStatus.OutOfOrder);
        return new(
            station.Id, isBad ? "bad" : reasons.Count > 0 ? "degraded" : "good", reasons, line, Uptime.Of(record.Line, now), slots,
            FaultHealth.Of(station.Fault), ErrorTrend.Of(record, now), clock, firmware, [.. station.OpenTickets.Select(t => t.Id)]);
    }

    private static SlotHealth SlotOf(Slot slot, HealthRecord record, DateTimeOffset now) => new(
        slot.Number, slot.Status, slot.SessionId, FaultHealth.Of(slot.Fault), slot.Warning is { } warning ? new(warning, Explanations.Of(warning)) : null,
        record.Slots.TryGetValue(slot.Number, out var meter) ? Uptime.Of(meter, now) : null);

    private static IEnumerable<string> ReasonsOf(Station station, LineHealth line, ClockHealth clock, IReadOnlyList<SlotHealth> slots)
    {
        if (!station.Connected)
            yield return "It is not connected.";
        if (station.Fault is { } fault)
            yield return $"The station has a fault: {Explanations.Of(fault.Code).Meaning}";
        if (station.Status == StationStatus.OutOfOrder)
            yield return "It is out of service.";
        foreach (var slot in slots.Where(s => s.Fault is not null))
            yield return $"Slot {slot.Number} has a fault: {slot.Fault!.Explanation.Meaning}";
        foreach (var slot in slots.Where(s => s.Warning is not null))
            yield return $"Slot {slot.Number} warns: {slot.Warning!.Explanation.Meaning}";
        if (line.DisconnectsLastDay >= UnsteadyDisconnects)
            yield return $"The connection was lost {line.DisconnectsLastDay} times within a day.";
        if (!clock.IsRight)
            yield return $"Its clock is {Math.Abs(clock.DriftSeconds ?? 0)} s {(clock.DriftSeconds > 0 ? "ahead" : "behind")}.";
    }
}

/// <param name="Since">Since when it is connected, or not.</param>
/// <param name="OfflineSince">When it was told to be offline; a short loss of the line is not.</param>
/// <param name="SilentSeconds">Since its last message; null while it is not connected.</param>
public sealed record LineHealth(
    bool Connected, DateTimeOffset Since, DateTimeOffset? OfflineSince, DateTimeOffset? LastSeenAt, int? SilentSeconds, int DisconnectsLastDay,
    int DisconnectsLastWeek);

/// <summary>Percent of the time, as far as it is known.</summary>
public sealed record Uptime(decimal Day, decimal Week, decimal Month, DateTimeOffset KnownSince)
{
    public static Uptime Of(UpMeter meter, DateTimeOffset now) => new(
        meter.Percent(TimeSpan.FromDays(1), now), meter.Percent(TimeSpan.FromDays(7), now), meter.Percent(TimeSpan.FromDays(30), now), meter.KnownSince);
}

public sealed record SlotHealth(
    int Number, SlotStatus Status, string? SessionId, FaultHealth? Fault, WarningHealth? Warning, Uptime? Uptime);

public sealed record WarningHealth(string Code, Explanation Explanation);

public sealed record FaultHealth(string Code, string? Info, string? VendorCode, DateTimeOffset Since, Explanation Explanation)
{
    public static FaultHealth? Of(Fault? fault) =>
        fault is null ? null : new(fault.Code, fault.Info, fault.VendorCode, fault.Since, Explanations.Of(fault.Code));
}

/// <param name="Recent">Faults and warnings, newest first.</param>
/// <param name="ByCode">Of the last week.</param>
/// <param name="Trend"><c>rising</c>, <c>falling</c> or <c>steady</c>: this week against the week before.</param>
public sealed record ErrorTrend(
    int LastDay, int LastWeek, int WeekBefore, string Trend, IReadOnlyDictionary<string, int> ByCode, IReadOnlyList<Trouble> Recent)
{
    private const int Shown = 20;

    public static ErrorTrend Of(HealthRecord record, DateTimeOffset now)
    {
        var all = record.Faults.Concat(record.Warnings).OrderByDescending(t => t.At).ToList();
        var (week, before) = (all.Where(t => t.At > now.AddDays(-7)).ToList(), all.Count(t => t.At <= now.AddDays(-7) && t.At > now.AddDays(-14)));
        var trend = week.Count > before ? "rising" : week.Count < before ? "falling" : "steady";
        return new(
            week.Count(t => t.At > now.AddDays(-1)), week.Count, before, trend, week.CountBy(t => t.Code).ToDictionary(), [.. all.Take(Shown)]);
    }
}

/// <param name="DriftSeconds">The station's clock minus ours, by its newest messages; null when it said no time yet.</param>
public sealed record ClockHealth(int? DriftSeconds, bool IsRight);

public sealed record FirmwareHealth(string? Version, DateTimeOffset? Since, DateTimeOffset? BootedAt);
