namespace Voltwright.Jq;

/// <summary>The text is not JSON. Line and column count from 1.</summary>
public sealed class JsonFormatException(string message, int line, int column) : FormatException(message)
{
    /// <summary>Line of the text, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column in that line, from 1, in bytes.</summary>
    public int Column { get; } = column;
}
