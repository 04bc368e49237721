namespace Voltwright.Ocpp.Tests;

/// <summary>The official schemas lie beside the repository where they may be read but not copied.</summary>
static class Repository
{
    public static string? SchemaFolder(string version)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Voltwright.slnx"))) root = root.Parent;
        if (root?.Parent is null) return null;
        var folder = Path.Combine(root.Parent.FullName, "shared", "ocpp", version);
        return Directory.Exists(folder) ? folder : null;
    }
}
