using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltwright.Storage.Sqlite;

/// <summary>One database of the store; another process may have it open too.</summary>
internal sealed class SqliteFile(string path)
{
    private const long LargestFileToCheck = 256L << 20;

    public string Path => path;

    /// <summary>Makes it if there is none, looks whether it is sound unless that takes long, and brings its schema up to date.</summary>
    /// <exception cref="StoreUnavailableException">It is damaged, another program's, a newer Voltwright's, or cannot be used.</exception>
    public void Prepare() => Guard(() =>
    {
        var isLarge = File.Exists(Path) && new FileInfo(Path).Length > LargestFileToCheck;
        using var session = OpenForWriting();
        if (!isLarge)
            CheckIntegrity(session["PRAGMA quick_check(1)"]);
        SqliteSchema.Apply(session, Path);
    });

    /// <summary>A connection to a new database with our tables, in a transaction to be committed.</summary>
    public SqliteSession Create()
    {
        var session = Connect("synchronous = FULL");
        SqliteSchema.Apply(session, Path);
        session["BEGIN IMMEDIATE"].Run();
        return session;
    }

    /// <summary>
    /// The one connection that writes: another one's writes would cost it its page cache. Its log of writes is moved into the database
    /// some thousand pages at once, so that a page that many commits change is moved once, and the disk is not busy for long.
    /// </summary>
    public SqliteSession OpenForWriting() =>
        Connect("synchronous = FULL", "wal_autocheckpoint = 4000", "cache_size = -16384", "journal_size_limit = 67108864");

    public SqliteSession OpenForCopying() => Connect("synchronous = FULL");

    public SqliteSession OpenForReading() => Connect("query_only = ON");

    /// <summary>Translates what SQLite reports into what the operator can do about it.</summary>
    public StoreUnavailableException Explain(SqliteException e) => new(
        e.SqliteErrorCode switch
        {
            raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT =>
                $"'{Path}' is damaged or is not a Voltwright database ({e.Message}). "
                + "Restore it from a backup, or move it away to start empty.",
            raw.SQLITE_FULL => $"No space is left on the disk of '{Path}'. Free some; the server goes on by itself.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                $"'{Path}' cannot be opened for writing. Give the user '{Environment.UserName}' write access to it and its folder.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"'{Path}' is locked by another program. Close the tool that has it open.",
            _ => $"'{Path}' cannot be used: {e.Message}. Check the disk and the system's log.",
        },
        e);

    public void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    private void CheckIntegrity(SqliteStatement check)
    {
        var verdict = check.Only(r => r.Text(0));
        if (verdict != "ok")
            throw Explain(new SqliteException(verdict, raw.SQLITE_CORRUPT));
    }

    private SqliteSession Connect(params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA {string.Join("; PRAGMA ", pragmas!)}";
            command.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
