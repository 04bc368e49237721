namespace Voltwright.Testing;

/// <summary>The repository that the tests run in, and material that may lie beside it.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Material that may be read but is no part of the repository; null in a lone clone: then what needs it does not apply.</summary>
    public static string? Shared(string folder) =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", folder)) is var path && Directory.Exists(path) ? path : null;

    /// <summary>The files there, in order; none in a lone clone.</summary>
    public static IEnumerable<string> SharedFiles(string folder, string pattern) =>
        Shared(folder) is { } path ? Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal) : [];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Voltwright.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside their repository: Voltwright.slnx is in no folder above.");
    }
}
