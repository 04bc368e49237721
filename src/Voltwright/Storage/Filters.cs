namespace Voltwright.Storage;

/// <summary>What a list is filtered by, each property once with all values that it may have.</summary>
internal static class Filters
{
    public static List<(string Path, string[] Values)> ByPath(IReadOnlyList<(string Path, string Value)> filters) =>
        [.. filters.GroupBy(f => f.Path, f => f.Value, (path, values) => (path, values.Distinct().ToArray()))];
}
