using System.Globalization;
using Voltwright.Analytics;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Console.Overview;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Analytics;

/// <summary>Figures of any period as charts and tables.</summary>
internal static class AnalyticsPages
{
    private const string Date = "yyyy-MM-dd";

    public static void MapAnalyticsPages(this RouteGroupBuilder pages) => pages.MapGet("/analytics", ShowAsync).Allow(Access.Read).KeepsToSight();

    private static async Task<IResult> ShowAsync(
        Analyst analyst, IStore store, Fleet fleet, SiteCatalog sites, Sight sight, TimeProvider clock, CancellationToken cancellation,
        string? from = null, string? to = null, string? by = null, string? stationId = null, string? siteId = null, string? tariffId = null)
    {
        var shown = await AnalyticsEndpoints.InSightAsync(sites, sight, cancellation);
        var site = shown.FirstOrDefault(s => s.Id == siteId);
        var zone = AnalyticsEndpoints.ZoneOf(site, shown);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        var last = ReadDate(to) ?? today;
        var first = ReadDate(from) ?? last.AddDays(-29);
        var question = AnalyticsEndpoints.Within(
            AnalyticsEndpoints.Question(
                clock, Analyst.StartOf(first, zone), Analyst.StartOf(last.AddDays(1), zone), AnalyticsEndpoints.ReadBy(by) ?? AnalyticsBy.Day,
                stationId, tariffId),
            sight, await fleet.LookAsync(cancellation), site, zone);
        var objection = Analyst.Objection(question);
        if (objection is not null)
            question = question with { From = Analyst.StartOf(today.AddDays(-29), zone), To = Analyst.StartOf(today.AddDays(1), zone), By = AnalyticsBy.Day };
        var tariffs = await store.ListAsync("tariff", [], 100, null, cancellation);
        return Page.Of<AnalyticsPage>(
            objection is null ? 200 : 400, ("Report", await analyst.AskAsync(question, cancellation)), ("Today", today), ("Objection", objection),
            ("Sites", shown), ("Zone", zone), ("Tariffs", tariffs.Items.Select(t => StreamName.IdOf(t.Stream)).ToList()));
    }

    private static DateOnly? ReadDate(string? text) =>
        DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1999 and < 2200
            ? date : null;
}
