using Voltwright.Jq;

namespace Voltwright.Workflows.Runs;

/// <summary>What one event did to a run: the next state, what the host has to do once that state is durable, and what happened.</summary>
public sealed record RunStep(RunState State, IReadOnlyList<RunCommand> Commands, IReadOnlyList<TraceEntry> Trace)
{
    /// <summary>The event found nobody who awaits it: the state is as it was and need not be stored.</summary>
    public bool ChangesNothing { get; init; }

    /// <summary>The CloudEvents that <c>listen</c> tasks took, the one that arrived or some kept from before.</summary>
    public IReadOnlyList<JsonValue> Consumed { get; init; } = [];

    /// <summary>The correlation keys of the <c>listen</c> tasks that have got what they wanted, in order.</summary>
    internal IReadOnlyList<JsonObject> Correlations { get; init; } = [];
}
