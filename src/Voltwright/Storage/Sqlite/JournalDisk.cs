using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Voltwright.Storage.Sqlite;

/// <summary>What the journal asks of the operating system, to be refused in a test as a full disk refuses it.</summary>
internal class JournalDisk
{
    private const int ReadOnlyAccess = 0;

    /// <summary>On return it is on the disk.</summary>
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long place)
    {
        RandomAccess.Write(file, bytes, place);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>On return the folder's new files are to be found in it, whatever becomes of the machine. Windows sees to that by itself.</summary>
    public virtual void KeepNames(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFile(folder, ReadOnlyAccess);
        if (descriptor < 0)
            throw new IOException($"The folder '{folder}' cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some file systems have no such thing for folders, and no need of it.
            _ = Flush(descriptor);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
