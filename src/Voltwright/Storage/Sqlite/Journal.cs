namespace Voltwright.Storage.Sqlite;

/// <summary>
/// The commits on the disk that the tables may lack. Two files take turns: one is appended to while the tables get what the other has; then
/// that one is written over, so that in the long run no flush has to wait for a file to grow.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const long TurnSize = 32L << 20;
    private const int Tries = 20;

    private JournalFile _current;
    private JournalFile _other;

    private Journal(JournalFile current, JournalFile other) => (_current, _other) = (current, other);

    public static IEnumerable<string> PathsIn(string folder) =>
        [Path.Combine(Path.GetFullPath(folder), "journal-0.bin"), Path.Combine(Path.GetFullPath(folder), "journal-1.bin")];

    /// <param name="storeId">Of the tables that it belongs to.</param>
    /// <param name="projected">The last position that they contain.</param>
    /// <exception cref="StoreUnavailableException">A file is damaged, has another store's commits, or cannot be used.</exception>
    public static Journal Open(string folder, string storeId, long projected, IJournalDisk disk)
    {
        var files = new List<JournalFile>();
        try
        {
            foreach (var path in PathsIn(folder))
                Guard(path, () => files.Add(JournalFile.Open(path, storeId, disk)));
            if (Nullable.Compare(files[0].Before, files[1].Before) < 0)
                files.Reverse();
            foreach (var file in files)
                file.CheckRest(Math.Max(projected, files[0].Last ?? 0));
            return new Journal(current: files[0], other: files[1]);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    /// <summary>Whether a folder has one.</summary>
    public static bool IsIn(string folder) => PathsIn(folder).All(File.Exists);

    /// <summary>What another process's journal has after a position, which its tables contain already.</summary>
    /// <exception cref="StoreUnavailableException">It was written over faster than it could be read.</exception>
    public static List<JournalEntry> Peek(string folder, Func<long> projected)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var after = projected();
            var entries = new List<JournalEntry>();
            foreach (var path in PathsIn(folder))
            {
                using var file = JournalFile.OpenToRead(path);
                entries.AddRange(file.Read().Where(e => e.Position > after));
            }

            entries.Sort((a, b) => a.Position.CompareTo(b.Position));
            // Else a file was begun anew while the other one was read.
            if (HasNoGap(entries, after))
                return entries;
        }

        throw new StoreUnavailableException($"The journal in '{folder}' changes faster than it can be read. Try again when the server has less to do.");
    }

    /// <summary>In order, after a position.</summary>
    public IEnumerable<JournalEntry> Read(long after) => _other.Read().Concat(_current.Read()).Where(e => e.Position > after);

    /// <summary>On return the entries are on the disk; when it throws, none of them is.</summary>
    /// <param name="projected">Up to here the tables are on the disk.</param>
    public void Append(IReadOnlyList<JournalEntry> entries, long projected)
    {
        if (_current.Size >= TurnSize && (_other.Last ?? 0) <= projected)
        {
            (_current, _other) = (_other, _current);
            _current.StartOver();
        }

        Guard(_current.Path, () => _current.Append(entries));
    }

    /// <summary>When the tables have everything.</summary>
    public void Empty()
    {
        _current.Empty();
        _other.Empty();
    }

    public void Dispose()
    {
        _current.Dispose();
        _other.Dispose();
    }

    private static bool HasNoGap(List<JournalEntry> entries, long after)
    {
        foreach (var entry in entries)
        {
            if (entry.Position - entry.Span != after)
                return false;
            after = entry.Position;
        }

        return true;
    }

    private static void Guard(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"'{path}' cannot be written ({e.Message.TrimEnd('.')}). Make room on its disk, or give the user '{Environment.UserName}' "
                + "write access; a running server goes on by itself.",
                e);
        }
    }
}
