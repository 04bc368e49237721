namespace Voltwright.Workflows.Reading;

/// <summary>The text cannot be read any further.</summary>
internal sealed class SourceException(string rule, string message, int line, int column, string? suggestion = null) : Exception(message)
{
    public string Rule { get; } = rule;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string? Suggestion { get; } = suggestion;
}
