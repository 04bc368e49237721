namespace Voltwright.Workflows.Reading;

/// <summary>JSON pointers (RFC 6901), built step by step.</summary>
internal static class JsonPointer
{
    public static string Append(string pointer, string name) => $"{pointer}/{Escape(name)}";

    public static string Append(string pointer, int index, string name) => $"{pointer}/{index}/{Escape(name)}";

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
