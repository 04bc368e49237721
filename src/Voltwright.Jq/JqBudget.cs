namespace Voltwright.Jq;

/// <summary>What one evaluation may use. Whatever runs out ends it with an error that no <c>try</c> catches.</summary>
public sealed record JqBudget
{
    /// <summary>For expressions inside a workflow: answers in seconds at worst, in hundreds of megabytes at worst.</summary>
    public static JqBudget Default { get; } = new();

    /// <summary>For a person's own command line: only memory, text and depth, which would bring the process down, are bounded.</summary>
    public static JqBudget Generous { get; } = new()
    {
        Steps = long.MaxValue,
        Depth = 1_000_000,
        OutputBytes = 1L << 29,
        MemoryBytes = 1L << 30,
        WallTime = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Loop turns and function calls.</summary>
    public long Steps { get; init; } = 20_000_000;

    /// <summary>Calls of recursive functions inside one another; tail calls do not count.</summary>
    public int Depth { get; init; } = 20_000;

    /// <summary>Length as JSON text, in bytes: of all outputs where they are kept, of each where they are handed on, and of any text a builtin makes.</summary>
    public long OutputBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Bytes that may stay alive. What is dropped along the way does not count; for a moment, while an array grows or until a
    /// collection, the process may hold about twice as much.
    /// </summary>
    public long MemoryBytes { get; init; } = 256 << 20;

    /// <summary>From the first look at the clock, which comes after some thousand steps; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock behind <see cref="WallTime"/> and <c>now</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ends the evaluation at its next look at the clock, with the error "The evaluation was cancelled".</summary>
    public CancellationToken Cancellation { get; init; }
}
