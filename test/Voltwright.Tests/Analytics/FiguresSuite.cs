using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Analytics;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Tests.Analytics;

/// <summary>What the figures must do beside every store.</summary>
public abstract class FiguresSuite
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private static readonly string[] Currencies = ["EUR", "CHF"];

    protected abstract Figures Figures { get; }

    protected abstract DbConnection Connect();

    [Fact]
    public async Task Session_ToldOfTwice_CountsAsItIsNow()
    {
        var unpaid = SessionAt(Start, 1) with { Status = "unpaid", Paid = 0 };
        var paid = unpaid with { Status = "paid", Paid = unpaid.Billed };
        await Figures.AddAsync(0, 7, [unpaid], new FigureSheet(), []);
        await Figures.AddAsync(7, 8, [paid], new FigureSheet(), []);
        await Figures.AddAsync(8, 9, [paid], new FigureSheet(), []);

        var total = (await AskAsync(AnalyticsBy.Day, Start.AddDays(-1), Start.AddDays(1))).Total;

        Assert.Equal((1, unpaid.EnergyWh), (total.Sessions, total.EnergyWh));
        Assert.Equal([new AnalyticsRevenue(paid.Currency, paid.Billed, paid.Paid)], total.Revenue);
        Assert.Equal(9, await Figures.ReadPositionAsync());
    }

    [Fact]
    public async Task Figures_AddedFromAnotherPosition_AreRefusedWhole()
    {
        await Figures.AddAsync(0, 7, [SessionAt(Start, 1)], new FigureSheet(), []);

        await Assert.ThrowsAsync<StaleVersionException>(() => Figures.AddAsync(0, 9, [SessionAt(Start, 2)], new FigureSheet(), []));

        Assert.Equal(1, (await AskAsync(AnalyticsBy.Tariff, Start.AddDays(-1), Start.AddDays(1))).Total.Sessions);
    }

    [Fact]
    public async Task Report_OfAnyPeriod_IsTheSumOfItsSessions()
    {
        var random = new Random(7);
        var sessions = Enumerable.Range(0, 400).Select(i => SessionAt(Start.AddMinutes(random.Next(120 * 24 * 60)), i)).ToList();
        var stations = sessions.Select(s => s.StationId).Distinct().Select(id => new SeenStation(id, Start, 2, null)).ToList();
        foreach (var some in sessions.Chunk(90))
            await Figures.AddAsync(0, 0, some, new FigureSheet(), stations);

        for (var round = 0; round < 40; round++)
        {
            var from = Start.AddHours(random.Next(100 * 24));
            var to = from.AddHours(1 + random.Next(random.Next(60 * 24) + 1));
            string? station = random.Next(2) == 0 ? null : "CP3";
            var seen = random.Next(2) == 0 ? null : stations.Select(s => s.Id).Where(_ => random.Next(2) == 0).ToHashSet();
            var zone = TimeZoneInfo.FindSystemTimeZoneById(random.Next(2) == 0 ? "UTC" : "America/St_Johns");
            var within = sessions.Where(s => s.EndedAt >= from && s.EndedAt < to && (station ?? s.StationId) == s.StationId)
                .Where(s => seen?.Contains(s.StationId) != false).ToList();
            foreach (var by in Enum.GetValues<AnalyticsBy>())
            {
                var question = new AnalyticsQuestion(from, to, by, station)
                {
                    Stations = seen, Zone = zone, SiteOf = id => id is "CP1" or "CP2" ? "north" : "",
                };
                var report = await AnalystOf().AskAsync(question);
                var place = $"round {round}: {from:O} to {to:O} by {by} of {station}, {seen?.Count} stations, {zone.Id}";
                Assert.True(Reckon(within).SequenceEqual(report.Total.Revenue), place);
                Assert.True(within.Sum(s => s.EnergyWh) == report.Total.EnergyWh, place);
                Assert.True(within.Count == report.Rows.Sum(r => r.Figures.Sessions), place);
                Assert.True(within.Sum(s => s.Paid) == report.Rows.Sum(r => r.Figures.Revenue.Sum(m => m.Paid)), place);
            }
        }
    }

    [Theory]
    [InlineData("UTC", "2026-03-28T00:00:00Z=1 2026-03-29T00:00:00Z=1 2026-03-30T00:00:00Z=0")]
    [InlineData("Europe/Vienna", "2026-03-27T23:00:00Z=0 2026-03-28T23:00:00Z=1 2026-03-29T22:00:00Z=1")]
    public async Task Days_OfAZone_BeginAtItsMidnightAcrossSummerTime(string zone, string expected)
    {
        DateTimeOffset At(int day, int hour) => new(2026, 3, day, hour, 30, 0, TimeSpan.Zero);
        await Figures.AddAsync(0, 1, [SessionAt(At(28, 23), 1), SessionAt(At(29, 22), 2)], new FigureSheet(), []);
        var its = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var from = new DateTimeOffset(new DateTime(2026, 3, 28), its.GetUtcOffset(new DateTime(2026, 3, 28)));

        var report = await AnalystOf().AskAsync(new(from.ToUniversalTime(), At(30, 20).AddMinutes(-30)) { Zone = its });

        Assert.Equal(expected, string.Join(' ', report.Rows.Select(r => $"{r.Key}={r.Figures.Sessions}")));
    }

    [Fact]
    public async Task Faults_OfAPeriodInPieces_AreCountedAtTheirStations()
    {
        var sheet = new FigureSheet();
        DateTimeOffset[] times = [Start, Start.AddDays(2), Start.AddDays(40)];
        foreach (var (index, at) in times.Index())
        {
            sheet.AddFault("CP1", at, $"code-{index}");
            sheet.AddRefusal("CP2", at, "blocked");
        }

        await Figures.AddAsync(0, 1, [SessionAt(Start, 1)], sheet, [new("CP1", Start, 1, null), new("CP2", Start, 1, null)]);

        var report = await AskAsync(AnalyticsBy.Station, Start, Start.AddDays(60));

        Assert.Equal([("CP1", 3L, 0L, 1L), ("CP2", 0L, 3L, 0L)], report.Rows.Select(r => (r.Key, r.Figures.Faults, r.Figures.Refused, r.Figures.Sessions)));
    }

    [Fact]
    public async Task Utilisation_OfASessionOverHours_CountsInEachOfThem()
    {
        var session = SessionAt(Start.AddMinutes(90), 1) with { StartedAt = Start.AddMinutes(30) };
        await Figures.AddAsync(0, 1, [session], new FigureSheet(), [new(session.StationId, Start, 2, Start.AddHours(3))]);

        var report = await AskAsync(AnalyticsBy.Hour, Start, Start.AddHours(4));

        Assert.Equal([25m, 25m, 0m, 0m], report.Rows.Select(r => r.Figures.UtilisationPercent));
        Assert.Equal([100m, 100m, 100m, 0m], report.Rows.Select(r => r.Figures.UptimePercent));
        Assert.Equal(3600, report.Total.SessionSeconds);
    }

    [Fact]
    public async Task Sessions_OfAPeriod_ComeInOrderAndOnce()
    {
        var sessions = Enumerable.Range(0, 4500).Select(i => SessionAt(Start.AddSeconds(i / 3), i)).ToList();
        await Figures.AddAsync(0, 1, sessions, new FigureSheet(), []);

        var read = new List<SessionFact>();
        await foreach (var session in Figures.ReadSessionsAsync(Start, Start.AddSeconds(1400)))
            read.Add(session);

        Assert.Equal(sessions.Where(s => s.EndedAt < Start.AddSeconds(1400)).OrderBy(s => s.EndedAt).ThenBy(s => s.Id, StringComparer.Ordinal), read);
    }

    [Fact]
    public async Task Views_ByPlainSql_SayTheSame()
    {
        var sheet = new FigureSheet();
        sheet.AddFault("CP1", Start, "GroundFailure");
        await Figures.AddAsync(0, 1, [SessionAt(Start, 1), SessionAt(Start, 2)], sheet, []);
        await using var connection = Connect();
        await connection.OpenAsync();
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "analytics.md"));
        var example = manual.Split("```sql")[^1].Split("```")[0];

        Assert.Equal("CP2", await SingleAsync(connection, example));
        Assert.Equal(2L, await SingleAsync(connection, "SELECT count(*) FROM session_facts WHERE paid_minor_units = billed_minor_units"));
        Assert.Equal(1L, await SingleAsync(connection, "SELECT CAST(sum(number) AS bigint) FROM station_figures WHERE grain = 'day' AND kind = 'fault'"));
    }

    [Fact]
    public async Task Figures_Cleared_BeginAgain()
    {
        await Figures.AddAsync(0, 5, [SessionAt(Start, 1)], new FigureSheet(), [new("CP1", Start, 1, null)]);

        await Figures.ClearAsync();

        Assert.Equal(0, await Figures.ReadPositionAsync());
        Assert.Empty(await Figures.ReadStationsAsync());
        Assert.Equal(0, (await AskAsync(AnalyticsBy.Day, Start, Start.AddDays(1))).Total.Sessions);
    }

    private static List<AnalyticsRevenue> Reckon(IEnumerable<SessionFact> sessions) =>
    [
        .. sessions.GroupBy(s => s.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new AnalyticsRevenue(g.Key, g.Sum(s => s.Billed), g.Sum(s => s.Paid))),
    ];

    private static SessionFact SessionAt(DateTimeOffset end, int number) => new(
        $"s-{number:00000}", $"CP{number % 5}", (number % 2) + 1, "TAG1", number % 3 == 0 ? "night" : "default", "paid", end.AddHours(-1).AddMinutes(-2),
        end.AddHours(-1), end, 1000 + number, 60, Currencies[number % 2], 49 + number, 49 + number, "Local");

    private static async Task<object?> SingleAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private Task<AnalyticsReport> AskAsync(AnalyticsBy by, DateTimeOffset from, DateTimeOffset to, string? station = null) =>
        AnalystOf().AskAsync(new(from, to, by, station));

    private Analyst AnalystOf() => new(Figures, new FakeTimeProvider(Start.AddYears(1)));
}
