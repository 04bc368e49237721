namespace Voltwright.Workflows.Runs;

/// <summary>The phases of a run (DSL, Status Phases). The last three are final.</summary>
public enum RunStatus
{
    Pending,
    Running,
    Waiting,
    Suspended,
    Completed,
    Faulted,
    Cancelled,
}
