namespace Voltwright.Automation.Invocations.Processes;

/// <summary>What of the machine the operator lends to workflows; nothing, unless told otherwise.</summary>
public sealed record ProcessOptions
{
    /// <summary>Shell commands, and tool servers that speak over standard input and output.</summary>
    public bool AllowShell { get; init; }

    public bool AllowScripts { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Standard output and standard error each, in bytes.</summary>
    public int LargestOutput { get; init; } = 1 << 20;

    /// <summary>Address space of a process, or what a script in JavaScript may allocate, in bytes.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>Statements that a script in JavaScript may execute.</summary>
    public int Statements { get; init; } = 20_000_000;

    /// <summary>The interpreter of <c>language: python</c>.</summary>
    public string Python { get; init; } = "python3";
}
