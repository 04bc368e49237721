using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A task as written; one derived record for each kind (DSL reference, Task).</summary>
public abstract record TaskDefinition(TaskProperties Properties)
{
    public string Name => Properties.Name;

    public string Pointer => Properties.Pointer;

    public SourceNode Source => Properties.Source;
}

/// <summary>What every task can have.</summary>
/// <param name="Pointer">JSON pointer of the task, its <c>$task.reference</c>: <c>/do/0/first</c>.</param>
/// <param name="NameAt">Where the name stands.</param>
public sealed record TaskProperties(
    string Name,
    string Pointer,
    SourceNode Source,
    SourceMember NameAt,
    SourceNode? If,
    DataFlowDefinition? Input,
    DataFlowDefinition? Output,
    DataFlowDefinition? Export,
    TimeoutDefinition? Timeout,
    SourceNode? Then);

/// <summary>Tasks in their order, with the pointer of the list.</summary>
public sealed record TaskList(string Pointer, IReadOnlyList<TaskDefinition> Tasks);
