using Voltwright.Jq;

namespace Voltwright.Automation;

/// <summary>One run of a workflow; the key is its id. Every change is durable before what it asks for happens.</summary>
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>False when the run exists already: starting is idempotent.</summary>
    Task<bool> Start(RunOrder order);

    /// <summary>After a crash or restart: goes on where the run stood, and repeats the calls whose answers are missing.</summary>
    Task Wake();

    /// <summary>Null when done; else why not.</summary>
    Task<Refusal?> Cancel();

    Task<Refusal?> Suspend();

    Task<Refusal?> Resume();

    Task TimerDue(string name);
}

/// <param name="EventIds">The events that started it; empty when a person or program did.</param>
/// <param name="TraceParent">W3C trace context of what started it; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record RunOrder(WorkflowId Workflow, JsonValue Input, IReadOnlyList<string> EventIds, string? TraceParent);
