using System.Text;

namespace Voltwright.Testing;

/// <summary>One scenario of a conformance feature: its steps, each with the text block below it.</summary>
public sealed record Scenario(string Feature, string Name, IReadOnlyList<(string Text, string Block)> Steps)
{
    public override string ToString() => $"{Feature}: {Name}";
}

/// <summary>Reads feature files as far as the conformance features use them.</summary>
public static class Feature
{
    private static readonly string[] Keywords = ["Given ", "When ", "Then ", "And "];

    public static IEnumerable<Scenario> Read(string path)
    {
        var scenarios = new List<(string Name, List<(string, StringBuilder)> Steps)>();
        var indent = -1;
        foreach (var line in File.ReadAllLines(path))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("\"\"\"", StringComparison.Ordinal))
                indent = indent < 0 ? line.IndexOf('"', StringComparison.Ordinal) : -1;
            else if (indent >= 0)
                scenarios[^1].Steps[^1].Item2.AppendLine(line.Length > indent ? line[indent..] : trimmed);
            else if (trimmed.StartsWith("Scenario:", StringComparison.Ordinal))
                scenarios.Add((trimmed[9..].Trim(), []));
            else if (Array.Find(Keywords, k => trimmed.StartsWith(k, StringComparison.Ordinal)) is { } keyword && scenarios.Count > 0)
                scenarios[^1].Steps.Add((trimmed[keyword.Length..], new StringBuilder()));
        }

        return scenarios.Select(s => new Scenario(
            Path.GetFileNameWithoutExtension(path), s.Name, [.. s.Steps.Select(p => (p.Item1, p.Item2.ToString()))]));
    }
}
