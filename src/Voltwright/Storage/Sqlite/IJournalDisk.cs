using Microsoft.Win32.SafeHandles;

namespace Voltwright.Storage.Sqlite;

/// <summary>What the journal asks of the operating system.</summary>
internal interface IJournalDisk
{
    /// <summary>On return it is on the disk.</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long place);

    /// <summary>On return the folder's new files are to be found in it, whatever becomes of the machine.</summary>
    void KeepNames(string folder);
}
