using System.Globalization;
using Voltwright.Analytics;
using Voltwright.Server.Auth;
using Voltwright.Server.Exports;
using Voltwright.Server.Problems;

namespace Voltwright.Server.Api;

/// <summary>Figures of any period, and the sessions that they are of as files.</summary>
internal static class AnalyticsEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    public static void MapAnalytics(this RouteGroupBuilder api)
    {
        var analytics = api.MapGroup("/analytics").WithTags("Analytics");
        analytics.MapGet("", AskAsync).Allow(Access.Read).Produces<AnalyticsReport>().WithSummary(
            "Energy, revenue, utilisation, waits, refusals, uptime, faults and peaks of a period, by hour, day, month, station or tariff; "
            + "the last 30 days by day where nothing is said");
        foreach (var format in ExportFormat.All)
        {
            analytics.MapGet(
                $"/sessions.{format.Ending}",
                (Figures figures, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, string? stationId) =>
                    Export(format, figures, clock, from, to, stationId))
                .Allow(Access.Read).Produces<string>(200, format.ContentType.Split(';')[0])
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

    public static AnalyticsBy? ReadBy(string? text) =>
        text is [>= 'a' and <= 'z', ..] && Enum.TryParse<AnalyticsBy>(text, ignoreCase: true, out var by) ? by : null;

    private static async Task<IResult> AskAsync(
        Analyst analyst, TimeProvider clock, CancellationToken cancellation, DateTimeOffset? from = null, DateTimeOffset? to = null,
        string by = "day", string? stationId = null, string? tariffId = null)
    {
        if (ReadBy(by) is not { } known)
            return Problem.Invalid($"by must be one of {string.Join(", ", Enum.GetNames<AnalyticsBy>()).ToLowerInvariant()}.").ToResult();
        var question = Question(clock, from, to, known, stationId, tariffId);
        return Analyst.Objection(question) is { } objection
            ? Problem.Invalid(objection).ToResult()
            : TypedResults.Ok(await analyst.AskAsync(question, cancellation));
    }

    private static IResult Export(
        ExportFormat format, Figures figures, TimeProvider clock, DateTimeOffset? from, DateTimeOffset? to, string? stationId)
    {
        var end = to ?? Analyst.HourOf(clock.GetUtcNow().AddHours(1));
        var start = from ?? end - Usual;
        if (start >= end)
            return Problem.Invalid("from must be before to.").ToResult();
        var name = string.Create(CultureInfo.InvariantCulture, $"sessions-{start.UtcDateTime:yyyy-MM-dd}-{end.UtcDateTime:yyyy-MM-dd}");
        return new SessionExport(format, name, figures.ReadSessionsAsync(start, end, Given(stationId)));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
