namespace Voltwright.Jq;

/// <summary>The program is not valid jq, or uses what its options refuse. Line and column count from 1, columns in UTF-16 units.</summary>
public sealed class JqCompileException(string message, int line, int column) : Exception(message)
{
    /// <summary>Line of the program, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column in that line, from 1, in UTF-16 units.</summary>
    public int Column { get; } = column;
}
