using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>Waits for events.</summary>
/// <param name="Read"><c>data</c>, <c>envelope</c> or <c>raw</c>.</param>
public sealed record ListenTask(TaskProperties Properties, EventStrategyDefinition To, string Read, IteratorDefinition? ForEach) : TaskDefinition(Properties);

/// <summary>What to do with each thing consumed (DSL reference, Subscription Iterator).</summary>
public sealed record IteratorDefinition(
    SourceNode Source, string Item, string At, TaskList? Do, DataFlowDefinition? Output, DataFlowDefinition? Export);
