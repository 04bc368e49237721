namespace Voltwright.Jq;

/// <summary>The text is not JSON. Line and column count from 1.</summary>
public sealed class JsonFormatException(string message, int line, int column) : FormatException(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
