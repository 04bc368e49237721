using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltwright.Bench.Analytics;

/// <summary>By the library itself: a provider's parameters take longer than the insert.</summary>
internal sealed class SqliteBulkWriter : IBulkWriter, IRow, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<string> _indices = [];
    private sqlite3_stmt? _insert;
    private string?[] _bound = [];
    private int _column;

    public SqliteBulkWriter(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Run("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144");
    }

    public void Dispose() => _connection.Dispose();

    public Task DropIndicesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        using (var read = _connection.CreateCommand())
        {
            // Those of primary keys have no text.
            read.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'sessions' AND sql IS NOT NULL";
            using var reader = read.ExecuteReader();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
                _indices.Add(reader.GetString(1));
            }
        }

        names.ForEach(name => Run($"DROP INDEX {name}"));
        return Task.CompletedTask;
    }

    public Task MakeIndicesAsync(CancellationToken cancellation)
    {
        _indices.ForEach(Run);
        return Task.CompletedTask;
    }

    public Task WriteAsync<T>(string table, IEnumerable<T> rows, Action<IRow, T> write, CancellationToken cancellation)
    {
        // So many a transaction that the log of them stays small.
        const int AtOnce = 100_000;
        using var insert = Prepare(table);
        (_insert, _bound) = (insert, new string?[raw.sqlite3_bind_parameter_count(insert)]);
        var written = 0;
        Run("BEGIN");
        foreach (var row in rows)
        {
            _column = 0;
            write(this, row);
            Check(raw.sqlite3_step(insert), raw.SQLITE_DONE);
            Check(raw.sqlite3_reset(insert), raw.SQLITE_OK);
            if (++written % AtOnce != 0)
                continue;
            Run("COMMIT; BEGIN");
            cancellation.ThrowIfCancellationRequested();
        }

        Run("COMMIT");
        return Task.CompletedTask;
    }

    public Task SettleAsync(CancellationToken cancellation)
    {
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return Task.CompletedTask;
    }

    public IRow Add(string? text)
    {
        // What is bound stays so from row to row.
        ref var bound = ref _bound[_column++];
        if (bound is null || !ReferenceEquals(bound, text))
            Check(text is null ? raw.sqlite3_bind_null(_insert, _column) : raw.sqlite3_bind_text(_insert, _column, text), raw.SQLITE_OK);
        bound = text;
        return this;
    }

    public IRow Add(long? number)
    {
        Check(number is { } n ? raw.sqlite3_bind_int64(_insert, ++_column, n) : raw.sqlite3_bind_null(_insert, ++_column), raw.SQLITE_OK);
        return this;
    }

    private sqlite3_stmt Prepare(string table)
    {
        using var count = _connection.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM pragma_table_info('{table}')";
        var values = string.Join(", ", Enumerable.Repeat("?", (int)(long)count.ExecuteScalar()!));
        Check(raw.sqlite3_prepare_v2(_connection.Handle, $"INSERT INTO {table} VALUES ({values})", out var insert), raw.SQLITE_OK);
        return insert;
    }

    private void Run(string sql) => Check(raw.sqlite3_exec(_connection.Handle, sql), raw.SQLITE_OK);

    private void Check(int result, int expected)
    {
        if (result != expected)
            SqliteException.ThrowExceptionForRC(result, _connection.Handle);
    }
}
