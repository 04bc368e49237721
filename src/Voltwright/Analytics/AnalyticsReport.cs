using System.Text.Json.Serialization;

namespace Voltwright.Analytics;

/// <summary>What is asked: a period, and by what its figures are told apart.</summary>
/// <param name="From">The beginning of an hour.</param>
/// <param name="To">The first hour that is not in it.</param>
public sealed record AnalyticsQuestion(
    DateTimeOffset From, DateTimeOffset To, AnalyticsBy By = AnalyticsBy.Day, string? StationId = null, string? TariffId = null)
{
    /// <summary>The site whose stations are asked for, to be told in the answer; <see cref="Stations"/> are they.</summary>
    public string? SiteId { get; init; }

    /// <summary>The stations that count; null for all there are or were.</summary>
    public IReadOnlySet<string>? Stations { get; init; }

    /// <summary>The site that a station stands at; empty for none.</summary>
    public Func<string, string> SiteOf { get; init; } = _ => "";

    /// <summary>In which hours, days and months begin.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

[JsonConverter(typeof(KebabCase<AnalyticsBy>))]
public enum AnalyticsBy
{
    Hour,
    Day,
    Month,
    Station,
    Site,
    Tariff,
}

/// <param name="Rows">One for each hour, day, month, station, site or tariff.</param>
/// <param name="Faults">The most frequent first.</param>
/// <param name="Refusals">Why taps were turned away, the most frequent first.</param>
public sealed record AnalyticsReport(
    DateTimeOffset From, DateTimeOffset To, AnalyticsBy By, string? StationId, string? TariffId, AnalyticsSummary Total,
    IReadOnlyList<AnalyticsRow> Rows, IReadOnlyList<AnalyticsCount> Faults, IReadOnlyList<AnalyticsCount> Refusals, string? SiteId = null,
    string TimeZone = "UTC");

/// <param name="Key">When the hour, day or month begins; or the id of the station, the tariff or the site, empty for no site.</param>
public sealed record AnalyticsRow(string Key, AnalyticsSummary Figures);

public sealed record AnalyticsCount(string Code, long Number);

/// <summary>In minor units.</summary>
/// <param name="Billed">What the sessions cost.</param>
/// <param name="Paid">What was taken for them: the ledger's payments.</param>
public sealed record AnalyticsRevenue(string Currency, long Billed, long Paid);

/// <summary>The figures of a period. What is null cannot be said: nothing happened, or it makes no sense for a tariff.</summary>
/// <param name="Sessions">That charged, counted when they ended.</param>
/// <param name="Left">That ended before anything flowed.</param>
/// <param name="WaitSeconds">From the tap until the car charged, on average.</param>
/// <param name="SessionSeconds">On average.</param>
/// <param name="RefusedPercent">Of all taps that wanted to charge.</param>
/// <param name="PeakW">The highest power that the station, or all together, gave at one time.</param>
/// <param name="UptimePercent">Of the time since the station was first seen.</param>
/// <param name="UtilisationPercent">How much of the slots' time a car was plugged.</param>
public sealed record AnalyticsSummary(
    long Sessions, long Left, long EnergyWh, IReadOnlyList<AnalyticsRevenue> Revenue, long ChargingSeconds, long IdleSeconds,
    long? SessionSeconds, long? WaitSeconds, long Refused, decimal? RefusedPercent, long Faults, long PeakW, decimal? UptimePercent,
    decimal? UtilisationPercent);
