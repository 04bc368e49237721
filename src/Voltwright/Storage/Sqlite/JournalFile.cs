using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Voltwright.Storage.Sqlite;

/// <summary>
/// One of the journal's two files: whose journal it is, then frames, each beginning at the position where the one before ends. What follows
/// the last of them is left over from earlier turns, or of a frame that was being written when the machine stopped.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int HeaderSize = 64;
    private const int IdSize = 32;

    /// <summary>What is kept for the next turn; more was needed while the tables could not be written.</summary>
    private const long KeptSize = 256L << 20;
    private const int SearchedAtOnce = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly IJournalDisk _disk;
    private readonly JournalBuffer _buffer = new();
    private long _end = HeaderSize;

    private JournalFile(string path, SafeFileHandle file, IJournalDisk disk) => (Path, _file, _disk) = (path, file, disk);

    public string Path { get; }

    private static ReadOnlySpan<byte> Magic => "VoltJrn1"u8;

    /// <summary>The position before its first commit; null without any.</summary>
    public long? Before { get; private set; }

    /// <summary>That of its last commit.</summary>
    public long? Last { get; private set; }

    /// <summary>Up to the end of its last frame.</summary>
    public long Size => _end;

    /// <summary>For the one who writes: makes it if there is none.</summary>
    /// <exception cref="StoreUnavailableException">It has commits of another store.</exception>
    public static JournalFile Open(string path, string storeId, IJournalDisk disk)
    {
        var isNew = !File.Exists(path);
        var file = new JournalFile(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read), disk);
        try
        {
            file.Claim(storeId);
            if (isNew)
                disk.KeepNames(System.IO.Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>For a copy, while another process may be writing.</summary>
    public static JournalFile OpenToRead(string path) =>
        new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), new JournalDisk());

    /// <summary>
    /// All or nothing: what fails half-way is not there. One frame, since of two that are flushed together a crash may leave the second alone,
    /// and that looks like damage.
    /// </summary>
    public void Append(IReadOnlyList<JournalEntry> entries)
    {
        try
        {
            JournalFrame.Write(_buffer, entries);
            _disk.Write(_file, _buffer.Written, _end);
        }
        catch
        {
            Spoil();
            throw;
        }

        _end += _buffer.Count;
        Before ??= entries[0].Position - entries[0].Span;
        Last = entries[^1].Position;
    }

    /// <summary>Forgets what it has: the next frame is its first.</summary>
    public void StartOver()
    {
        if (_end > KeptSize)
            RandomAccess.SetLength(_file, HeaderSize);
        (_end, Before, Last) = (HeaderSize, null, null);
    }

    /// <summary>Forgets what it has for good.</summary>
    public void Empty()
    {
        StartOver();
        RandomAccess.SetLength(_file, HeaderSize);
    }

    public IEnumerable<JournalEntry> Read() => Frames().SelectMany(f => f.Frame.Entries(f.Bytes));

    /// <exception cref="StoreUnavailableException">
    /// Behind the place where no frame can be read there are whole ones with later commits: not the machine's end broke it.
    /// </exception>
    public void CheckRest(long last)
    {
        var chunk = new byte[SearchedAtOnce];
        for (var place = _end; ; place += SearchedAtOnce - JournalFrame.HeaderSize)
        {
            var found = chunk.AsSpan(0, RandomAccess.Read(_file, chunk, place));
            for (var i = 0; i + JournalFrame.HeaderSize <= found.Length; i += JournalFrame.Alignment)
            {
                if (JournalFrame.ReadHeader(found[i..]) is { } frame && frame.Last > last && ReadFrame(place + i) is not null)
                {
                    throw new StoreUnavailableException(
                        $"'{Path}' is damaged at byte {_end}: commits from {last + 1} on cannot be read, though {frame.Last} can. "
                        + "Restore the folder from a backup, or move the file away to go on without what only it has.");
                }
            }

            if (found.Length < SearchedAtOnce)
                return;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Claim(string storeId)
    {
        FindEnd();
        Span<byte> wanted = stackalloc byte[HeaderSize];
        wanted.Clear();
        Magic.CopyTo(wanted);
        Encoding.ASCII.GetBytes(storeId, wanted.Slice(Magic.Length, IdSize));
        BinaryPrimitives.WriteUInt64LittleEndian(wanted[^sizeof(ulong)..], XxHash3.HashToUInt64(wanted[..^sizeof(ulong)]));
        Span<byte> header = stackalloc byte[HeaderSize];
        if (RandomAccess.Read(_file, header, 0) == HeaderSize && header.SequenceEqual(wanted))
            return;
        if (Last is not null)
        {
            throw new StoreUnavailableException(
                $"'{Path}' has commits of another store than the 'voltwright.db' beside it. Put the files that belong together into the "
                + "folder, or move this one away to go on without what only it has.");
        }

        // Without commits it belongs to whoever finds it.
        _disk.Write(_file, wanted, 0);
    }

    private void FindEnd()
    {
        foreach (var (frame, _) in Frames())
        {
            Before ??= frame.Before;
            Last = frame.Last;
            _end += frame.Size;
        }
    }

    private IEnumerable<(JournalFrame Frame, byte[] Bytes)> Frames()
    {
        long? last = null;
        for (long place = HeaderSize; ReadFrame(place) is { } found && found.Frame.Before == (last ?? found.Frame.Before);)
        {
            yield return found;
            last = found.Frame.Last;
            place += found.Frame.Size;
        }
    }

    private (JournalFrame Frame, byte[] Bytes)? ReadFrame(long place)
    {
        Span<byte> header = stackalloc byte[JournalFrame.HeaderSize];
        if (RandomAccess.Read(_file, header, place) < header.Length || JournalFrame.ReadHeader(header) is not { } frame
            || place + frame.Size > RandomAccess.GetLength(_file))
            return null;
        var bytes = new byte[frame.Size];
        return RandomAccess.Read(_file, bytes, place) == bytes.Length && JournalFrame.IsWhole(bytes) ? (frame, bytes) : null;
    }

    /// <summary>What was refused must not be found at the next start, even if the disk has all of it.</summary>
    private void Spoil()
    {
        try
        {
            _disk.Write(_file, new byte[JournalFrame.HeaderSize], _end);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next frame is written over it.
        }
    }
}
