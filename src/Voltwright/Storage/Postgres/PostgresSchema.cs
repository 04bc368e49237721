using Npgsql;

namespace Voltwright.Storage.Postgres;

/// <summary>Numbered scripts, applied at start in one transaction; of several processes that start at once, one does it.</summary>
internal static class PostgresSchema
{
    /// <summary>"Volt": the advisory lock of everyone who changes tables.</summary>
    public const long Lock = 0x566F6C74;

    /// <exception cref="StoreUnavailableException">A newer Voltwright wrote the database.</exception>
    public static async Task<bool> ApplyAsync(NpgsqlConnection connection, string place)
    {
        var scripts = SchemaScripts.Read("Postgres");
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, PostgresConnections.EndWhenAbandoned);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        await RunAsync(
            connection, "CREATE TABLE IF NOT EXISTS schema_versions (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
        var found = await NumberAsync(connection, "SELECT coalesce(max(version), 0) FROM schema_versions");
        if (found > scripts.Count)
        {
            throw new StoreUnavailableException(
                $"PostgreSQL at {place} has schema {found}, written by a newer Voltwright; this one knows up to {scripts.Count}. "
                + "Run the newer version.");
        }

        for (var version = found; version < scripts.Count; version++)
            await RunAsync(connection, $"{scripts[version]};\nINSERT INTO schema_versions (version) VALUES ({version + 1})");
        await transaction.CommitAsync();
        return found < scripts.Count;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script)
    {
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> NumberAsync(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
