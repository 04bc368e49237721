using Voltwright.Jq;
using Voltwright.Workflows.Reading;

namespace Voltwright.Workflows.Definitions;

/// <summary>A definition as written, references unresolved (DSL reference, Workflow).</summary>
/// <param name="SourceName">What findings call the file.</param>
/// <param name="Source">The whole text as nodes; <c>$workflow.definition</c> is its JSON.</param>
public sealed record WorkflowDefinition(
    string SourceName,
    SourceNode Source,
    DocumentDefinition Document,
    DataFlowDefinition? Input,
    ReusableDefinitions Use,
    TaskList Do,
    TimeoutDefinition? Timeout,
    DataFlowDefinition? Output,
    ScheduleDefinition? Schedule,
    EvaluateDefinition Evaluate)
{
    public JsonValue Json => Source.ToJson();
}
