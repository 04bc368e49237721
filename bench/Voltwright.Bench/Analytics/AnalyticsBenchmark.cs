using System.Diagnostics;
using Voltwright.Analytics;
using Voltwright.Bench.Cluster;
using Voltwright.Storage.Postgres;

namespace Voltwright.Bench.Analytics;

/// <summary>A year of sessions, put into the figures, and how long questions about them take.</summary>
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
            using var writer = new SqliteBulkWriter(Path.Combine(folder.FullName, Figures.FileName));
            await MeasureAsync(report, "", figures, writer, cancellation);
            report.Remark($"The figures take {folder.EnumerateFiles().Sum(f => f.Length) / (1 << 20)} MiB.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (ScratchDatabase.FindServer(report) is { } server)
            await MeasurePostgresAsync(report, server, cancellation);
    }

    private static async Task MeasurePostgresAsync(Report report, string server, CancellationToken cancellation)
    {
        await using var database = await ScratchDatabase.CreateAsync(server, cancellation);
        using var figures = await Figures.OpenPostgresAsync(new PostgresOptions(database.ConnectionString), cancellation);
        await using var writer = new PostgresBulkWriter(database.ConnectionString);
        await MeasureAsync(report, "PostgreSQL: ", figures, writer, cancellation);
    }

    private static async Task MeasureAsync(
        Report report, string database, Figures figures, IBulkWriter writer, CancellationToken cancellation)
    {
        var year = new SessionYear(report.Sessions, Start, End);
        var (began, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await FiguresFill.RunAsync(figures, writer, year.Sessions(), year.Seen(), cancellation);
        report.Add(
            $"{database}{report.Sessions} sessions of {SessionYear.Stations} stations put in", Stopwatch.GetElapsedTime(began).TotalSeconds, "s",
            lessIsBetter: true);
        report.Add($"{database}putting in, by processor time", (Environment.CpuUsage.TotalTime - processor).TotalSeconds, "s", lessIsBetter: true);
        var analyst = new Analyst(figures, TimeProvider.System);
        foreach (var (name, question) in Questions)
        {
            var (slowest, average) = await AskAsync(analyst, question, cancellation);
            report.Add($"{database}{name}", slowest, "ms, the slowest of five", target: new(1000), lessIsBetter: true);
            report.Add($"{database}{name}, by processor time", average, "ms, on average", lessIsBetter: true);
        }

        await CheckAsync(analyst, year, cancellation);
        report.Add($"{database}sessions read for an export, in order", await ReadAsync(figures, cancellation), "sessions/s");
        report.Add($"{database}sessions added as they end", await AddAsync(figures, cancellation), "sessions/s");
        report.Remark($"{database}The sums are those of the generated sessions, to the cent.");
    }

    /// <summary>As the server adds them: those of a while together, to figures that hold a year already.</summary>
    private static async Task<double> AddAsync(Figures figures, CancellationToken cancellation)
    {
        const int Number = 5000, AtOnce = 500;
        var began = Stopwatch.GetTimestamp();
        foreach (var some in new SessionYear(Number, End, End.AddHours(3)).Sessions().Chunk(AtOnce))
            await figures.AddAsync(0, 0, some, new FigureSheet(), [], cancellation);
        return Number / Stopwatch.GetElapsedTime(began).TotalSeconds;
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
