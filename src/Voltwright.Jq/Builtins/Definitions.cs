using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Builtins;

/// <summary>The builtins written in jq (<c>defs.jq</c>), read once.</summary>
internal static class Definitions
{
    private static readonly Lazy<IReadOnlyDictionary<(string, int), Definition>> Read = new(() =>
    {
        using var stream = typeof(Definitions).Assembly.GetManifestResourceStream("defs.jq")!;
        using var reader = new StreamReader(stream);
        return Parser.Parse(reader.ReadToEnd()).Definitions.ToDictionary(d => (d.Name, d.Parameters.Count));
    });

    public static IReadOnlyDictionary<(string, int), Definition> Table => Read.Value;
}
