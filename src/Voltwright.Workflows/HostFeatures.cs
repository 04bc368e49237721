namespace Voltwright.Workflows;

/// <summary>What a host can do for runs beside HTTP calls, emitted events and timers. A definition that needs more is refused when it is compiled.</summary>
[Flags]
public enum HostFeatures
{
    None = 0,

    /// <summary>Carries out <see cref="Runs.Subscribe"/> and delivers <see cref="Runs.EventArrived"/>: <c>listen</c>.</summary>
    Events = 1,

    /// <summary>Carries out <see cref="Runs.StartChild"/> and delivers <see cref="Runs.ChildEnded"/>: <c>run: workflow</c>.</summary>
    ChildRuns = 2,

    /// <summary>Carries out <see cref="Runs.Invoke"/>: calls by other protocols, containers, scripts and shell commands.</summary>
    Invocations = 4,

    /// <summary>What the server and <c>voltwright run</c> do.</summary>
    All = Events | ChildRuns | Invocations,
}
