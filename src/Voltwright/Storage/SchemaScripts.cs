using System.Reflection;

namespace Voltwright.Storage;

/// <summary>The numbered scripts of a store, in order; the position of one in the list, from 1, is the version it leads to.</summary>
internal static class SchemaScripts
{
    /// <param name="store">The folder below <c>Storage/</c>.</param>
    public static List<string> Read(string store)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"Voltwright.Storage.{store}.Schema.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
