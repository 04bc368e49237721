namespace Voltwright.EndToEnd;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The official message schemas lie beside the repository; null where they do not.</summary>
    public static string? Schemas(string version) =>
        Path.Combine(Root, "..", "shared", "ocpp", version) is var folder && Directory.Exists(folder) ? folder : null;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Voltwright.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside their repository.");
    }
}
