using Microsoft.Data.Sqlite;

namespace Voltwright.Storage.Sqlite;

/// <summary>A connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
                _statements[sql] = statement = new SqliteStatement(connection, sql);
            return statement;
        }
    }

    public void Execute(string script)
    {
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs the work in one transaction: all of it stays, or nothing; it is on the disk on return.</summary>
    public void Transact(Action work)
    {
        this["BEGIN IMMEDIATE"].Run();
        try
        {
            work();
            this["COMMIT"].Run();
        }
        catch
        {
            // Some errors (disk full) have ended the transaction already; then there is nothing to roll back.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
                this["ROLLBACK"].Run();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }
}
