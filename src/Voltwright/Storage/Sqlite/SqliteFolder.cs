namespace Voltwright.Storage.Sqlite;

/// <summary>The files of one data folder, held by one process at a time.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly FileStream _lock;

    private SqliteFolder(string folder, FileStream @lock)
    {
        Path = folder;
        Tables = TablesIn(folder);
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>What answers questions.</summary>
    public SqliteFile Tables { get; }

    public static SqliteFile TablesIn(string folder) => new(System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), "voltwright.db"));

    /// <exception cref="StoreUnavailableException">The folder or its databases cannot be used.</exception>
    public static SqliteFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var folder = new SqliteFolder(path, Lock(path));
        try
        {
            folder.Tables.Prepare();
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
}
