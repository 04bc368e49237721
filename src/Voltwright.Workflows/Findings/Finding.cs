namespace Voltwright.Workflows.Findings;

/// <summary>One thing found in a definition, at its place.</summary>
/// <param name="File">The source's name, as given to the reader.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1; 0 when the whole file is meant.</param>
/// <param name="Rule">Stable id of the rule, see <see cref="Rules"/>.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Suggestion">What to do about it, if the rule knows.</param>
public sealed record Finding(
    string File, int Line, int Column, string Rule, FindingSeverity Severity, string Message, string? Suggestion = null)
{
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Severity.ToString().ToLowerInvariant()} {Rule}: {Message}{(Suggestion is null ? "" : $" – {Suggestion}")}";
}
