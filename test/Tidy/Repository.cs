using System.Diagnostics;

namespace Voltwright.Tidy;

/// <summary>The tree as git tracks it: every text file with its lines.</summary>
internal static class Repository
{
    private static readonly string[] TextExtensions = [".cs", ".csproj", ".md", ".yaml", ".json", ".props", ".slnx", ".sql", ".txt", ".jq", ".jqt"];

    public static string Root => Testing.Repository.Root;

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Tracked().Where(IsText).Select(path => SourceFile.Read(Root, path))];

    public static IEnumerable<SourceFile> Code => Files.Where(f => f.IsCode);

    public static IEnumerable<SourceFile> ProductCode => Code.Where(f => f.Folders is ["src" or "bench", ..]);

    /// <summary>Tests, with the cases that are written as data.</summary>
    public static IEnumerable<SourceFile> Tests => Files.Where(f => f.Path.StartsWith("test/", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> Product => Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<SourceFile> TestCode => Code.Where(f => f.Path.StartsWith("test/", StringComparison.Ordinal));

    private static bool IsText(string path) => TextExtensions.Contains(Path.GetExtension(path)) && File.Exists(Path.Combine(Root, path));

    private static string[] Tracked()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        })!;
        var listing = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return listing.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
