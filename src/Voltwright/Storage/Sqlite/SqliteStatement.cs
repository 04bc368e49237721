using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltwright.Storage.Sqlite;

/// <summary>A prepared statement without ADO.NET around it: the writer binds spans and allocates nothing.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    public SqliteStatement BindBlob(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, bytes));
        return this;
    }

    /// <summary>True when there is a row to read; after the last one the statement is ready to be bound again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        // The error is read before the reset, which would replace it.
        try
        {
            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, _database);
        }
        finally
        {
            Reset();
        }

        return false;
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Needed only when reading stopped before the last row: an open read holds the write-ahead log.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>What the one row says that there always is.</summary>
    public T Only<T>(Func<SqliteStatement, T> read)
    {
        Step();
        var value = read(this);
        Reset();
        return value;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
