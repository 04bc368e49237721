using Npgsql;

namespace Voltwright.Bench.Cluster;

/// <summary>A database of its own on a server, gone afterwards.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"voltwright_bench_{Guid.NewGuid():N}";

    private ScratchDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    /// <summary>Where such databases can be made, as VOLTWRIGHT_POSTGRES names it; null, with a remark, where it names nothing.</summary>
    public static string? FindServer(Report report)
    {
        if (Environment.GetEnvironmentVariable("VOLTWRIGHT_POSTGRES") is { Length: > 0 } server)
            return server;
        report.Remark("Not measured on PostgreSQL: name a server in VOLTWRIGHT_POSTGRES; a database of its own is made there.");
        return null;
    }

    public static async Task<ScratchDatabase> CreateAsync(string server, CancellationToken cancellation)
    {
        var database = new ScratchDatabase(server);
        await database.RunAsync($"CREATE DATABASE {database._name}", cancellation);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task RunAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
