using Voltwright.Testing;

namespace Voltwright.Workflows.Tests;

/// <summary>Material beside the repository. Absent in a lone clone: then what needs it does not apply.</summary>
internal static class SharedFiles
{
    public static string Root => Repository.Root;

    public static string? Folder(string name) => Repository.Shared(name);

    public static IEnumerable<string> Files(string folder, string pattern) => Repository.SharedFiles(folder, pattern);
}
