namespace Voltwright.Jq;

/// <summary>The program is not valid jq, or uses what its options refuse. Line and column count from 1, columns in UTF-16 units.</summary>
public sealed class JqCompileException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
