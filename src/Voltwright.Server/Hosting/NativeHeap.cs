using System.Runtime.InteropServices;

namespace Voltwright.Server.Hosting;

/// <summary>What native libraries, SQLite first, allocate outside of the collector's reach.</summary>
internal static class NativeHeap
{
    private static readonly Trim? MallocTrim = Find();

    private delegate int Trim(nuint keep);

    /// <summary>
    /// Gives freed pages back to the system. glibc keeps an arena for each of many threads, and what was freed in the middle of one until
    /// it is told; other C libraries have no need of it, and no such function.
    /// </summary>
    public static void GiveBack() => MallocTrim?.Invoke(0);

    private static Trim? Find() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out var address)
            ? Marshal.GetDelegateForFunctionPointer<Trim>(address) : null;
}
