using System.Globalization;
using Voltwright.Analytics;
using Voltwright.Server.Api;
using Voltwright.Server.Auth;
using Voltwright.Server.Console.Layout;
using Voltwright.Storage;

namespace Voltwright.Server.Console.Analytics;

/// <summary>Figures of any period as charts and tables.</summary>
internal static class AnalyticsPages
{
    private const string Date = "yyyy-MM-dd";

    public static void MapAnalyticsPages(this RouteGroupBuilder pages) => pages.MapGet("/analytics", ShowAsync).Allow(Access.Read);

    private static async Task<IResult> ShowAsync(
        Analyst analyst, IStore store, TimeProvider clock, CancellationToken cancellation, string? from = null, string? to = null,
        string? by = null, string? stationId = null, string? tariffId = null)
    {
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var last = ReadDate(to) ?? today;
        var first = ReadDate(from) ?? last.AddDays(-29);
        var question = AnalyticsEndpoints.Question(
            clock, first, last.AddDays(1), AnalyticsEndpoints.ReadBy(by) ?? AnalyticsBy.Day, stationId, tariffId);
        var objection = Analyst.Objection(question);
        if (objection is not null)
            question = question with { From = today.AddDays(-29), To = today.AddDays(1), By = AnalyticsBy.Day };
        var tariffs = await store.ListAsync("tariff", [], 100, null, cancellation);
        return Page.Of<AnalyticsPage>(
            objection is null ? 200 : 400, ("Report", await analyst.AskAsync(question, cancellation)), ("Today", today), ("Objection", objection),
            ("Tariffs", tariffs.Items.Select(t => StreamName.IdOf(t.Stream)).ToList()));
    }

    private static DateTimeOffset? ReadDate(string? text) =>
        DateTimeOffset.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
