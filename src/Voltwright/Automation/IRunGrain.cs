using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation;

/// <summary>One run of a workflow; the key is its id. Every change is durable before what it asks for happens.</summary>
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>False when the run exists already: starting is idempotent.</summary>
    Task<bool> Start(RunOrder order);

    /// <summary>Starts it unless it exists; how it ended when it is over already. Else it tells the run in the order when it ends.</summary>
    Task<RunEnd?> Join(RunOrder order);

    /// <summary>After a crash or restart: goes on where the run stood, and repeats the calls whose answers are missing.</summary>
    Task Wake();

    /// <summary>Null when done; else why not.</summary>
    Task<Refusal?> Cancel();

    Task<Refusal?> Suspend();

    Task<Refusal?> Resume();

    /// <summary>Lets a faulted run go on at the task that failed.</summary>
    Task<Refusal?> Retry();

    Task TimerDue(string name);

    /// <summary>An event of the log. Each position counts once; false when the run takes no more.</summary>
    Task<bool> EventArrived(long position, JsonValue cloudEvent);

    /// <summary>A run that this one started is over.</summary>
    Task ChildEnded(string command, RunEnd end);

    /// <summary>Whether the run still wants to know how the run ends that it started with that command.</summary>
    Task<bool> Awaits(string command);
}

/// <summary>What a run begins with.</summary>
/// <param name="EventIds">The events that started it; empty when a person or program did.</param>
/// <param name="TraceParent">W3C trace context of what started it; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record RunOrder(WorkflowId Workflow, JsonValue Input, IReadOnlyList<string> EventIds, string? TraceParent)
{
    /// <summary>The place in the log of what started it: it hears everything later. Null: everything from now on.</summary>
    [Id(0)]
    public long? After { get; init; }

    /// <summary>The run that started it; null when none did.</summary>
    [Id(1)]
    public ParentRun? Parent { get; init; }

    /// <summary>The generation of the schedule it belongs to; null when it was not started by one.</summary>
    [Id(2)]
    public string? Schedule { get; init; }
}

/// <param name="Command">What the parent knows it by; null when the parent does not await its end.</param>
/// <param name="Depth">How many runs this one is inside of.</param>
[GenerateSerializer, Immutable]
public sealed record ParentRun(string Id, string? Command, int Depth);

/// <param name="Output">Null unless completed.</param>
/// <param name="Error">Problem details; null when completed.</param>
[GenerateSerializer, Immutable]
public sealed record RunEnd(RunStatus Status, JsonValue Output, JsonValue Error);
