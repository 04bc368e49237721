using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltwright.Analytics;
using Voltwright.Bench.Analytics;
using Voltwright.Storage.Postgres;
using Voltwright.Testing;

namespace Voltwright.Cli.Tests;

/// <summary>What benchmarks measure is what a server would have: filled at once, the tables are those of sessions added as they ended.</summary>
public sealed class FiguresFillTests
{
    private const int Sessions = 3000;
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Sqlite_FilledAtOnce_IsAsIfAddedOneByOne()
    {
        using var folder = new TemporaryFolder();
        async Task<List<string>> DumpAsync(string name, Func<Figures, string, Task> fill)
        {
            var file = Path.Combine(folder.Path, name, Figures.FileName);
            using var figures = Figures.OpenSqlite(Path.Combine(folder.Path, name));
            await fill(figures, file);
            return await RowsAsync(new SqliteConnection($"Data Source={file};Pooling=False"), "SELECT sql FROM sqlite_master ORDER BY name");
        }

        var filled = await DumpAsync("filled", async (figures, file) =>
        {
            using var writer = new SqliteBulkWriter(file);
            await FillAsync(figures, writer);
        });

        Assert.Equal(await DumpAsync("added", (figures, _) => AddAsync(figures)), filled);
    }

    [Fact]
    public async Task Postgres_FilledAtOnce_IsAsIfAddedOneByOne()
    {
        Assert.SkipWhen(PostgresServer.FindPrograms() is null, "PostgreSQL is not installed: apt-get install postgresql");
        using var server = PostgresServer.TryStart()!;
        async Task<List<string>> DumpAsync(Func<Figures, string, Task> fill)
        {
            var database = server.CreateDatabase();
            using var figures = await Figures.OpenPostgresAsync(new PostgresOptions(database));
            await fill(figures, database);
            return await RowsAsync(
                new NpgsqlConnection($"{database};Search Path=analytics"), "SELECT indexdef FROM pg_indexes WHERE schemaname = 'analytics' ORDER BY 1");
        }

        var filled = await DumpAsync(async (figures, database) =>
        {
            await using var writer = new PostgresBulkWriter(database);
            await FillAsync(figures, writer);
        });

        Assert.Equal(await DumpAsync((figures, _) => AddAsync(figures)), filled);
    }

    private static Task FillAsync(Figures figures, IBulkWriter writer) =>
        FiguresFill.RunAsync(figures, writer, Made().Concat(Odd()), new SessionYear(0, Start, Start).Seen(), CancellationToken.None);

    private static async Task AddAsync(Figures figures)
    {
        await figures.AddAsync(0, 0, [], new FigureSheet(), new SessionYear(0, Start, Start).Seen());
        foreach (var some in Made().Concat(Odd()).Chunk(700))
            await figures.AddAsync(0, 0, some, new FigureSheet(), []);
    }

    private static IEnumerable<SessionFact> Made() => new SessionYear(Sessions, Start, Start.AddDays(40)).Sessions();

    /// <summary>Nobody charged; nothing said why it stopped; another currency, over the end of a month.</summary>
    private static IEnumerable<SessionFact> Odd()
    {
        var usual = Made().First() with { StationId = "CP-00007", EndedAt = Start.AddDays(31).AddMinutes(20) };
        yield return usual with { Id = "odd-1", StartedAt = null, Status = "expired", EnergyWh = 0 };
        yield return usual with { Id = "odd-2", StartedAt = Start.AddDays(31).AddHours(-3), StopReason = null, Currency = "CHF" };
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string schema)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            var rows = new List<string>();
            foreach (var sql in (string[])["SELECT * FROM sessions ORDER BY 1", "SELECT * FROM figures ORDER BY 1, 2, 3, 4, 5, 6", "SELECT * FROM stations ORDER BY 1", schema])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                    rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetValue(i).ToString())));
            }

            return rows;
        }
    }
}
