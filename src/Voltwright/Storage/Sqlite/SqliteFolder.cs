namespace Voltwright.Storage.Sqlite;

/// <summary>The databases of one data folder, held by one process at a time.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private const string ReadId = "SELECT id FROM store";

    private readonly FileStream _lock;

    private SqliteFolder(string folder, FileStream @lock)
    {
        Tables = TablesIn(folder);
        Journal = JournalIn(folder);
        _lock = @lock;
    }

    /// <summary>What answers questions.</summary>
    public SqliteFile Tables { get; }

    /// <summary>What is committed and maybe not in the tables.</summary>
    public SqliteFile Journal { get; }

    public static SqliteFile TablesIn(string folder) => new(Path.Combine(Path.GetFullPath(folder), "voltwright.db"));

    public static SqliteFile JournalIn(string folder) => new(Path.Combine(Path.GetFullPath(folder), "journal.db"));

    /// <exception cref="StoreUnavailableException">The folder or its databases cannot be used.</exception>
    public static SqliteFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        var folder = new SqliteFolder(path, Lock(path));
        try
        {
            folder.Tables.Prepare("Sqlite");
            folder.Journal.Prepare("Sqlite.Journal");
            folder.Journal.Guard(folder.ClaimJournal);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

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

        var path = Path.Combine(folder, "voltwright.lock");
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

    /// <summary>A journal without commits belongs to whoever finds it.</summary>
    private void ClaimJournal()
    {
        using var tables = Tables.OpenForReading();
        using var journal = Journal.OpenForWriting();
        var id = tables[ReadId].Only(r => r.Text(0));
        if (journal[ReadId].Only(r => r.Text(0)) == id)
            return;
        if (journal["SELECT count(*) FROM journal"].Only(r => r.Int64(0)) > 0)
        {
            throw new StoreUnavailableException(
                $"'{Journal.Path}' has commits of another store than '{Tables.Path}'. Put the two files that belong together into the folder, "
                + $"or move '{Journal.Path}' away to go on without what only it has.");
        }

        journal["UPDATE store SET id = ?1"].Bind(1, id).Run();
    }
}
