namespace Voltwright.Jq;

/// <summary>What one evaluation may use. Whatever runs out ends it with an error that no <c>try</c> catches.</summary>
public sealed record JqBudget
{
    /// <summary>For expressions inside a workflow: answers in seconds at worst, in hundreds of megabytes at worst.</summary>
    public static JqBudget Default { get; } = new();

    /// <summary>For a person's own command line: only what would bring the process down is bounded.</summary>
    public static JqBudget Generous { get; } = new()
    {
        Steps = long.MaxValue,
        Depth = 1_000_000,
        OutputBytes = long.MaxValue,
        MemoryBytes = 8L << 30,
        WallTime = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Loop turns and function calls.</summary>
    public long Steps { get; init; } = 20_000_000;

    /// <summary>Calls of recursive functions inside one another; tail calls do not count.</summary>
    public int Depth { get; init; } = 20_000;

    /// <summary>Length of the outputs of one evaluation as UTF-8 JSON text, in bytes, and of any one text a builtin makes.</summary>
    public long OutputBytes { get; init; } = 64 << 20;

    /// <summary>Bytes that arrays, objects and strings built along the way may take, counted when they are built.</summary>
    public long MemoryBytes { get; init; } = 256 << 20;

    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock behind <see cref="WallTime"/> and <c>now</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public CancellationToken Cancellation { get; init; }
}
