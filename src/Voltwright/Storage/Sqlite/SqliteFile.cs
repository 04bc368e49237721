using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltwright.Storage.Sqlite;

/// <summary>The database file of one data folder, held by one process at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    public const string Name = "voltwright.db";

    private const long LargestFileToCheck = 256L << 20;

    private readonly FileStream? _lock;

    private SqliteFile(string path, FileStream? @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <exception cref="StoreUnavailableException">The folder or the file cannot be used.</exception>
    public static SqliteFile Open(string folder)
    {
        folder = System.IO.Path.GetFullPath(folder);
        var file = new SqliteFile(System.IO.Path.Combine(folder, Name), Lock(folder));
        try
        {
            file.Guard(file.Prepare);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A database that another process may hold: for reading it, or for writing a copy.</summary>
    public static SqliteFile At(string path) => new(path, null);

    /// <summary>A connection to a new database with our tables, in a transaction to be committed.</summary>
    public SqliteSession Create()
    {
        var session = Connect("synchronous = FULL");
        SqliteSchema.Apply(session, Path);
        session["BEGIN IMMEDIATE"].Run();
        return session;
    }

    public SqliteSession OpenForCopying() => Connect("synchronous = FULL");

    /// <summary>The one connection that writes: another one's writes would cost it its page cache.</summary>
    public SqliteSession OpenForWriting() => Connect("synchronous = FULL", "wal_autocheckpoint = 0", "cache_size = -32768", "journal_size_limit = 67108864");

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

    public void Dispose() => _lock?.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }

        var path = System.IO.Path.Combine(folder, "voltwright.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(folder, e);
        }
        catch (IOException e) when (!File.Exists(path))
        {
            throw Unwritable(folder, e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException(
                $"The data folder '{folder}' is in use by another server. Stop it, or choose another folder with --data.", e);
        }
    }

    private static StoreUnavailableException Unwritable(string folder, Exception cause) => new(
        $"The data folder '{folder}' cannot be written ({cause.Message.TrimEnd('.')}). "
        + $"Give the user '{Environment.UserName}' write access to it, or choose another folder with --data.",
        cause);

    private void Prepare()
    {
        var isLarge = File.Exists(Path) && new FileInfo(Path).Length > LargestFileToCheck;
        using var session = OpenForWriting();
        if (!isLarge)
            CheckIntegrity(session["PRAGMA quick_check(1)"]);
        SqliteSchema.Apply(session, Path);
    }

    private void CheckIntegrity(SqliteStatement check)
    {
        check.Step();
        var verdict = check.Text(0);
        check.Reset();
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
