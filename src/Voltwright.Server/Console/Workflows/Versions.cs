using System.Globalization;
using System.Text.RegularExpressions;
using Voltwright.Automation;

namespace Voltwright.Server.Console.Workflows;

/// <summary>What rolling back and comparing need to know of texts and versions.</summary>
internal static partial class Versions
{
    private const int MostLines = 4_000;

    /// <summary>The version after the newest of these, for a change that adds nothing.</summary>
    public static string Next(IEnumerable<DeployedWorkflow> versions)
    {
        var newest = versions.MaxBy(v => v.Id.Version, SemanticVersion.Order)!.Id.Version;
        var numbers = newest.Split('-', '+')[0].Split('.');
        return numbers.Length == 3 && long.TryParse(numbers[2], NumberStyles.None, CultureInfo.InvariantCulture, out var patch)
            ? string.Create(CultureInfo.InvariantCulture, $"{numbers[0]}.{numbers[1]}.{patch + 1}")
            : newest;
    }

    /// <summary>The same text under another version; comments and layout stay.</summary>
    public static string Renamed(string source, string version) => Version().Replace(source, $"${{before}}{version}${{after}}", 1);

    /// <summary>Both texts line by line: what is in both, what only the older has (-), what only the newer has (+).</summary>
    public static IReadOnlyList<(char Sign, string Line)> Compare(string older, string newer)
    {
        var (a, b) = (older.ReplaceLineEndings("\n").Split('\n'), newer.ReplaceLineEndings("\n").Split('\n'));
        if (a.Length > MostLines || b.Length > MostLines)
            return [.. a.Select(l => ('-', l)), .. b.Select(l => ('+', l))];
        var common = new ushort[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<(char, string)>();
        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
                lines.Add((' ', a[(x++, y++).Item1]));
            else if (x < a.Length && (y == b.Length || common[x + 1, y] >= common[x, y + 1]))
                lines.Add(('-', a[x++]));
            else
                lines.Add(('+', b[y++]));
        }

        return lines;
    }

    [GeneratedRegex("""(?<before>^[ \t]+"?version"?[ \t]*:[ \t]*["']?)(?<old>[0-9][0-9A-Za-z.+-]*)(?<after>["']?)""", RegexOptions.Multiline)]
    private static partial Regex Version();
}
