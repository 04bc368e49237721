namespace Voltwright.Workflows.Runs;

/// <summary>What one event did to a run: the next state, what the host has to do once that state is durable, and what happened.</summary>
public sealed record RunStep(RunState State, IReadOnlyList<RunCommand> Commands, IReadOnlyList<TraceEntry> Trace);
