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
                (Figures figures, Fleet fleet, Sight sight, TimeProvider clock, CancellationToken cancellation, DateTimeOffset? from,
                    DateTimeOffset? to, string? stationId, string? siteId) =>
                    ExportAsync(format, figures, fleet, sight, clock, from, to, stationId, siteId, cancellation))
                .Allow(Access.Read).KeepsToSight().Produces<string>(200, format.ContentType.Split(';')[0])
                .WithSummary($"The sessions that ended within a period, as {format.Name}");
        }
    }

    /// <summary>The period asked for in whole hours; what is not said is until now, and of the last 30 days.</summary>
    public static AnalyticsQuestion Question(
        TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, AnalyticsBy by, string? stationId, string? tariffId)
    {
        var end = Analyst.HourOf(to ?? clock.GetUtcNow().AddHours(1));
        return new(Analyst.HourOf(from ?? end - Usual), end, by, Given(stationId), Given(tariffId));
    }

    /// <summary>Of the stations that the caller sees and, where one is named, that stand at a site; in the site's time.</summary>
    public static AnalyticsQuestion Within(AnalyticsQuestion question, Sight sight, FleetPicture fleet, Site? site) => question with
    {
        SiteId = site?.Id,
        SiteOf = fleet.SiteOf,
        Zone = site is not null && TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
        Stations = site is null ? sight.Stations
            : fleet.Stations.Where(s => s.SiteId == site.Id && sight.Sees(s.Id)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal),
    };

    public static AnalyticsBy? ReadBy(string? text) =>
        text is [>= 'a' and <= 'z', ..] && Enum.TryParse<AnalyticsBy>(text, ignoreCase: true, out var by) ? by : null;

    private static async Task<IResult> AskAsync(
        Analyst analyst, Fleet fleet, SiteCatalog sites, Sight sight, TimeProvider clock, CancellationToken cancellation, DateTimeOffset? from = null,
        DateTimeOffset? to = null, string by = "day", string? stationId = null, string? siteId = null, string? tariffId = null)
    {
        if (ReadBy(by) is not { } known)
            return Problem.Invalid($"by must be one of {string.Join(", ", Enum.GetNames<AnalyticsBy>()).ToLowerInvariant()}.").ToResult();
        var site = Given(siteId) is { } named && sight.SeesSite(named) ? await sites.FindAsync(named, cancellation) : null;
        if (Given(siteId) is { } unknown && site is null)
            return (Problem.Invalid($"There is no site '{unknown}'.") with { Field = "siteId" }).ToResult();
        var question = Within(
            Question(clock, from, to, known, stationId, tariffId), sight, await fleet.LookAsync(cancellation), site);
        return Analyst.Objection(question) is { } objection
            ? Problem.Invalid(objection).ToResult()
            : TypedResults.Ok(await analyst.AskAsync(question, cancellation));
    }

    private static async Task<IResult> ExportAsync(
        ExportFormat format, Figures figures, Fleet fleet, Sight sight, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to,
        string? stationId, string? siteId, CancellationToken cancellation)
    {
        var end = to ?? Analyst.HourOf(clock.GetUtcNow().AddHours(1));
        var start = from ?? end - Usual;
        if (start >= end)
            return Problem.Invalid("from must be before to.").ToResult();
        var name = string.Create(CultureInfo.InvariantCulture, $"sessions-{start.UtcDateTime:yyyy-MM-dd}-{end.UtcDateTime:yyyy-MM-dd}");
        var sessions = figures.ReadSessionsAsync(start, end, Given(stationId), CancellationToken.None);
        if (Given(siteId) is { } site)
        {
            var picture = await fleet.LookAsync(cancellation);
            sessions = sessions.Where(s => picture.SiteOf(s.StationId) == site);
        }

        return new SessionExport(format, name, sight.IsAll ? sessions : sessions.Where(s => sight.Sees(s.StationId)));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
