using System.Text.RegularExpressions;

namespace Voltwright.Workflows.Reading;

/// <summary>
/// What could be written at a place of a definition. The reader itself is asked, with a word in that place that stands for anything: so nothing is
/// offered that would not be read, and nothing that is read is missing.
/// </summary>
public static partial class Completion
{
    /// <param name="text">YAML; of JSON nothing is offered.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1: what is left of it on the line is there already.</param>
    /// <returns>Names of properties, or values where the property allows some only; none where anything can stand, or the rest cannot be read.</returns>
    public static IReadOnlyList<string> At(string text, int line, int column)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (line < 1 || line > lines.Length || column < 1)
            return [];
        var left = lines[line - 1][..Math.Min(column - 1, lines[line - 1].Length)];
        if (Name().Match(left) is { Success: true } name)
            lines[line - 1] = $"{name.Groups[1].Value}{ReadingContext.Probe}: 0";
        else if (Value().Match(left) is { Success: true } value)
            lines[line - 1] = $"{value.Groups[1].Value}{ReadingContext.Probe}";
        else
            return [];
        return WorkflowReader.Offers(string.Join('\n', lines));
    }

    [GeneratedRegex(@"^(\s*(?:-\s+)*)[\w$.-]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\s*(?:-\s+)*[\w$.-]+:\s+)[\w$.-]*$")]
    private static partial Regex Value();
}
