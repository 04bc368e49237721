namespace Voltwright.Workflows.Runs;

/// <summary>Bounds of one step, so that an endless loop or an endless value is an error and not a hang.</summary>
public sealed record EngineOptions
{
    public static EngineOptions Default { get; } = new();

    /// <summary>Tasks that may begin between two events.</summary>
    public int StepBudget { get; init; } = 1_000_000;

    /// <summary>Commands that may be asked for between two events: calls, events, timers.</summary>
    public int StepCommands { get; init; } = 20_000;

    /// <summary>Branches that may be under way at one time.</summary>
    public int Branches { get; init; } = 1_000;

    /// <summary>What a run may remember, roughly in bytes.</summary>
    public long StateBytes { get; init; } = 32 << 20;

    /// <summary>What the data of one trace entry may be, roughly in bytes; larger data is left out.</summary>
    public long TraceBytes { get; init; } = 1 << 16;

    /// <summary>Trace entries kept of one step; what exceeds it is counted, not kept. 0 traces nothing.</summary>
    public int TraceEntries { get; init; } = 20_000;
}
