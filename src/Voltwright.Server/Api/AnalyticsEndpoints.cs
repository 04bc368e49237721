using System.Globalization;
using Voltwright.Analytics;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Overview;
using Voltwright.Server.Exports;
using Voltwright.Server.Problems;
using Voltwright.Stations;

namespace Voltwright.Server.Api;

/// <summary>Figures of any period, and the sessions that they are of as files.</summary>
internal static class AnalyticsEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    public static void MapAnalytics(this RouteGroupBuilder api)
    {
        var analytics = api.MapGroup("/analytics").WithTags("Analytics");
        analytics.MapGet("", AskAsync).Allow(Access.Read).KeepsToSight().Produces<AnalyticsReport>().WithSummary(
            "Energy, revenue, utilisation, waits, refusals, uptime, faults and peaks of a period, by hour, day, month, station, site or tariff; "
            + "the last 30 days by day where nothing is said");
        foreach (var format in ExportFormat.All)
        {
            analytics.MapGet(
                $"/sessions.{format.Ending}",
                (Figures figures, Fleet fleet, SiteCatalog sites, Sight sight, TimeProvider clock, CancellationToken cancellation, DateTimeOffset? from,
                    DateTimeOffset? to, string? stationId, string? siteId, string? tariffId) =>
                    ExportAsync(format, figures, fleet, sites, sight, clock, from, to, stationId, siteId, tariffId, cancellation))
                .Allow(Access.Read).KeepsToSight().Produces<string>(200, format.ContentType.Split(';')[0])
                .WithSummary($"The sessions that ended within a period, as {format.Name}");
        }
    }

    /// <summary>The period asked for in whole hours; what is not said is until now, and of the last 30 days.</summary>
    public static AnalyticsQuestion Question(
        TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, AnalyticsBy by, string? stationId, string? tariffId)
    {
        var end = Analyst.HourOf(to ?? clock.GetUtcNow().AddHours(1));
        return new(Analyst.HourOf(from ?? Before(end)), end, by, Given(stationId), Given(tariffId));
    }

    private static DateTimeOffset Before(DateTimeOffset end) => end > DateTimeOffset.MinValue + Usual ? end - Usual : DateTimeOffset.MinValue;

    /// <summary>Of the stations that the caller sees and, where one is named, that stand at a site.</summary>
    public static AnalyticsQuestion Within(AnalyticsQuestion question, Sight sight, FleetPicture fleet, Site? site, TimeZoneInfo zone) => question with
    {
        SiteId = site?.Id,
        SiteOf = fleet.SiteOf,
        Zone = zone,
        Stations = site is null ? sight.Stations
            : fleet.Stations.Where(s => s.SiteId == site.Id && sight.Sees(s.Id)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>By whose clocks hours and days are counted: those of the site asked for; else those that all sites in sight share; else UTC.</summary>
    public static TimeZoneInfo ZoneOf(Site? site, IReadOnlyList<Site> inSight)
    {
        var shared = inSight.Select(s => s.TimeZone).Distinct(StringComparer.Ordinal).ToList();
        var id = site?.TimeZone ?? (shared is [var only] ? only : null);
        return id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    public static async Task<IReadOnlyList<Site>> InSightAsync(SiteCatalog sites, Sight sight, CancellationToken cancellation) =>
        [.. (await sites.ListAsync(cancellation)).Where(s => sight.SeesSite(s.Id))];

    public static AnalyticsBy? ReadBy(string? text) =>
        text is [>= 'a' and <= 'z', ..] && Enum.TryParse<AnalyticsBy>(text, ignoreCase: true, out var by) ? by : null;

    private static async Task<IResult> AskAsync(
        Analyst analyst, Fleet fleet, SiteCatalog sites, Sight sight, TimeProvider clock, CancellationToken cancellation, DateTimeOffset? from = null,
        DateTimeOffset? to = null, string by = "day", string? stationId = null, string? siteId = null, string? tariffId = null)
    {
        if (ReadBy(by) is not { } known)
            return Problem.Invalid($"by must be one of {string.Join(", ", Enum.GetNames<AnalyticsBy>()).ToLowerInvariant()}.").ToResult();
        var inSight = await InSightAsync(sites, sight, cancellation);
        var site = inSight.FirstOrDefault(s => s.Id == Given(siteId));
        if (Given(siteId) is { } unknown && site is null)
            return NoSite(unknown);
        var question = Within(
            Question(clock, from, to, known, stationId, tariffId), sight, await fleet.LookAsync(cancellation), site, ZoneOf(site, inSight));
        return Analyst.Objection(question) is { } objection
            ? Problem.Invalid(objection).ToResult()
            : TypedResults.Ok(await analyst.AskAsync(question, cancellation));
    }

    private static async Task<IResult> ExportAsync(
        ExportFormat format, Figures figures, Fleet fleet, SiteCatalog sites, Sight sight, TimeProvider clock, DateTimeOffset? from,
        DateTimeOffset? to, string? stationId, string? siteId, string? tariffId, CancellationToken cancellation)
    {
        var end = to ?? Analyst.HourOf(clock.GetUtcNow().AddHours(1));
        var start = from ?? Before(end);
        if (start >= end)
            return Problem.Invalid("from must be before to.").ToResult();
        var inSight = await InSightAsync(sites, sight, cancellation);
        var site = inSight.FirstOrDefault(s => s.Id == Given(siteId));
        if (Given(siteId) is { } unknown && site is null)
            return NoSite(unknown);
        var zone = ZoneOf(site, inSight);
        var sessions = figures.ReadSessionsAsync(start, end, Given(stationId), CancellationToken.None);
        if (site is not null)
        {
            var picture = await fleet.LookAsync(cancellation);
            sessions = sessions.Where(s => picture.SiteOf(s.StationId) == site.Id);
        }

        if (Given(tariffId) is { } tariff)
            sessions = sessions.Where(s => s.TariffId == tariff);
        var name = string.Create(CultureInfo.InvariantCulture, $"sessions-{DayOf(start):yyyy-MM-dd}-{DayOf(end.AddTicks(-1)):yyyy-MM-dd}");
        return new SessionExport(format, name, sight.IsAll ? sessions : sessions.Where(s => sight.Sees(s.StationId)), zone);

        DateTimeOffset DayOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
    }

    private static IResult NoSite(string id) => (Problem.Invalid($"There is no site '{id}'.") with { Field = "siteId" }).ToResult();

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
