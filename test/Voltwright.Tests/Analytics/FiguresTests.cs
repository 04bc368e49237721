using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voltwright.Analytics;
using Voltwright.Storage;
using Voltwright.Storage.Postgres;
using Voltwright.Testing;
using Voltwright.Tests.Storage;

namespace Voltwright.Tests.Analytics;

public sealed class SqliteFiguresTests : FiguresSuite, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Figures _figures;

    public SqliteFiguresTests() => _figures = Figures.OpenSqlite(_folder.Path);

    protected override Figures Figures => _figures;

    [Fact]
    public async Task File_ThatIsNoDatabase_IsRefusedWithTheRemedy()
    {
        using var other = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(other.Path, Figures.FileName), new string('x', 4096));

        var refusal = Assert.Throws<StoreUnavailableException>(() => Figures.OpenSqlite(other.Path));

        Assert.Contains("delete the file", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _figures.Dispose();
        _folder.Dispose();
    }

    protected override DbConnection Connect() =>
        new SqliteConnection($"Data Source={Path.Combine(_folder.Path, Figures.FileName)};Mode=ReadOnly;Pooling=False");
}

public sealed class PostgresFiguresTests(PostgresFixture fixture) : FiguresSuite, IAsyncLifetime
{
    private readonly string _database = fixture.CreateDatabase();
    private Figures? _figures;

    protected override Figures Figures => _figures!;

    public async ValueTask InitializeAsync()
    {
        // Two processes that start at once.
        var opened = await Task.WhenAll(Figures.OpenPostgresAsync(new PostgresOptions(_database)), Figures.OpenPostgresAsync(new PostgresOptions(_database)));
        opened[1].Dispose();
        _figures = opened[0];
    }

    public ValueTask DisposeAsync()
    {
        _figures?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Reader_MadeAsTheManualSays_SeesTheViewsAndNothingElse()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "analytics.md"));
        await using var connection = new NpgsqlConnection($"{_database};Search Path=analytics;Pooling=False");
        await connection.OpenAsync();
        await RunAsync(connection, manual.Split("```sql")[1].Split("```")[0] + "SET ROLE reports");

        await RunAsync(connection, "SELECT count(*) FROM session_facts; SELECT count(*) FROM station_figures");
        foreach (var forbidden in (string[])["SELECT * FROM sessions", "DELETE FROM session_facts", "SELECT * FROM stations", "CREATE TABLE analytics.x (y int)"])
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, forbidden))).SqlState);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    protected override DbConnection Connect() => new NpgsqlConnection($"{_database};Search Path=analytics");
}
