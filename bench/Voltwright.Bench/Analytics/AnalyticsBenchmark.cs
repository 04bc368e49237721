using System.Diagnostics;
using Voltwright.Analytics;

namespace Voltwright.Bench.Analytics;

/// <summary>A year of sessions, added to the figures as the server adds them, and how long questions about them take.</summary>
internal static class AnalyticsBenchmark
{
    private const int Asked = 5;
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddYears(1);

    private static readonly (string Name, AnalyticsQuestion Question)[] Questions =
    [
        ("the year by month", new(Start, End, AnalyticsBy.Month)),
        ("the year by day", new(Start, End, AnalyticsBy.Day)),
        ("half a year by hour", new(Start, Start.AddDays(182), AnalyticsBy.Hour)),
        ("the year by station", new(Start, End, AnalyticsBy.Station)),
        ("odd days and hours by station", new(Start.AddHours(27 * 24 + 5), End.AddHours(-((25 * 24) + 7)), AnalyticsBy.Station)),
        ("the year by tariff", new(Start, End, AnalyticsBy.Tariff)),
        ("one station's year by day", new(Start, End, AnalyticsBy.Day, "CP-00042")),
        ("one tariff's year by station", new(Start, End, AnalyticsBy.Station, TariffId: "night")),
    ];

    public static async Task RunAsync(Report report, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("voltwright-bench-");
        try
        {
            using var figures = Figures.OpenSqlite(folder.FullName);
            var year = new SessionYear(report.Sessions, Start, End);
            var began = Stopwatch.GetTimestamp();
            await FillAsync(figures, year, cancellation);
            var added = report.Sessions / Stopwatch.GetElapsedTime(began).TotalSeconds;
            report.Add($"{report.Sessions} sessions of {SessionYear.Stations} stations added", added, "sessions/s");
            var analyst = new Analyst(figures, TimeProvider.System);
            foreach (var (name, question) in Questions)
            {
                var (slowest, processor) = await AskAsync(analyst, question, cancellation);
                report.Add(name, slowest, "ms, the slowest of five", target: new(1000), lessIsBetter: true);
                report.Add($"{name}, by processor time", processor, "ms, on average", lessIsBetter: true);
            }

            await CheckAsync(analyst, year, cancellation);
            report.Add("sessions read for an export, in order", await ReadAsync(figures, cancellation), "sessions/s");
            var bytes = folder.EnumerateFiles().Sum(f => f.Length);
            report.Remark($"The figures take {bytes / (1 << 20)} MiB. Their sums are those of the generated sessions, to the cent.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(Figures figures, SessionYear year, CancellationToken cancellation)
    {
        const int AtOnce = 50_000;
        await figures.AddAsync(0, 0, [], new FigureSheet(), year.Seen(), cancellation);
        var position = 0L;
        foreach (var sessions in year.Sessions().Chunk(AtOnce))
            await figures.AddAsync(position, position += sessions.Length, sessions, new FigureSheet(), [], cancellation);
    }

    private static async Task<(double Slowest, double Processor)> AskAsync(Analyst analyst, AnalyticsQuestion question, CancellationToken cancellation)
    {
        var (slowest, processor) = (0.0, Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Asked; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await analyst.AskAsync(question, cancellation);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (slowest, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / Asked);
    }

    private static async Task<double> ReadAsync(Figures figures, CancellationToken cancellation)
    {
        const int Enough = 500_000;
        var (began, read) = (Stopwatch.GetTimestamp(), 0);
        await foreach (var _ in figures.ReadSessionsAsync(Start, End.AddDays(2), cancellation: cancellation))
        {
            if (++read == Enough)
                break;
        }

        return read / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Fast and wrong would be no answer.</summary>
    private static async Task CheckAsync(Analyst analyst, SessionYear year, CancellationToken cancellation)
    {
        var total = (await analyst.AskAsync(new(Start, End.AddDays(2), AnalyticsBy.Month), cancellation)).Total;
        var paid = total.Revenue.Sum(r => r.Paid);
        if (total.Sessions != year.Made || paid != year.Paid)
            throw new InvalidOperationException($"The figures say {total.Sessions} sessions and {paid} paid: made were {year.Made}, {year.Paid}.");
    }
}
