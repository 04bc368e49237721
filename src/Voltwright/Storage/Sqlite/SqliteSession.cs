using Microsoft.Data.Sqlite;

namespace Voltwright.Storage.Sqlite;

/// <summary>A connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private bool _defers;

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
        Defer(false);
        Run(work);
    }

    /// <summary>
    /// The same for what reaches the disk in order with the rest, but not at once. Now and then the log of writes is moved into the
    /// database meanwhile: here nobody waits for an answer.
    /// </summary>
    public void TransactDeferred(Action work)
    {
        Defer(true);
        Run(work);
    }

    private void Defer(bool defers)
    {
        if (defers == _defers)
            return;
        Execute(defers ? "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000" : "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
        _defers = defers;
    }

    private void Run(Action work)
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
