namespace Voltwright.Workflows.Tests;

/// <summary>Material beside the repository. Absent in a lone clone: then what needs it does not apply.</summary>
internal static class SharedFiles
{
    public static string Root { get; } = FindRoot();

    public static string? Folder(string name) => Path.Combine(Root, "..", "shared", name) is var path && Directory.Exists(path) ? path : null;

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Folder(folder) is { } path ? Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal) : [];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Voltwright.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
