using Npgsql;

namespace Voltwright.Bench.Analytics;

/// <summary>By COPY, into the schema of analytics.</summary>
internal sealed class PostgresBulkWriter : IBulkWriter, IRow, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly List<string> _indices = [];
    private NpgsqlBinaryImporter? _import;

    public PostgresBulkWriter(string database) =>
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { SearchPath = "analytics", CommandTimeout = 0 }.ConnectionString);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public async Task DropIndicesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        await using (var read = _source.CreateCommand(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'analytics' AND indexname NOT IN (SELECT conname FROM pg_constraint)"))
        {
            await using var reader = await read.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                names.Add(reader.GetString(0));
                _indices.Add(reader.GetString(1));
            }
        }

        foreach (var name in names)
            await RunAsync($"DROP INDEX {name}", cancellation);
    }

    public async Task MakeIndicesAsync(CancellationToken cancellation)
    {
        foreach (var sql in _indices)
            await RunAsync(sql, cancellation);
    }

    public async Task WriteAsync<T>(string table, IEnumerable<T> rows, Action<IRow, T> write, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var import = _import = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            import.StartRow();
            write(this, row);
        }

        await import.CompleteAsync(cancellation);
    }

    public async Task SettleAsync(CancellationToken cancellation) => await RunAsync("VACUUM ANALYZE", cancellation);

    public IRow Add(string? text)
    {
        if (text is null)
            _import!.WriteNull();
        else
            _import!.Write(text);
        return this;
    }

    public IRow Add(long? number)
    {
        if (number is { } n)
            _import!.Write(n);
        else
            _import!.WriteNull();
        return this;
    }

    private async Task RunAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
