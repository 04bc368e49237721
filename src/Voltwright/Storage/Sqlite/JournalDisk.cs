using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Voltwright.Storage.Sqlite;

/// <summary>A real disk.</summary>
internal sealed class JournalDisk : IJournalDisk
{
    private const int ReadOnlyAccess = 0;

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long place)
    {
        RandomAccess.Write(file, bytes, place);
        RandomAccess.FlushToDisk(file);
    }

    public void KeepNames(string folder)
    {
        // Windows sees to that by itself.
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
