using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows;

/// <summary>What reading a definition gave.</summary>
/// <param name="Definition">Null when the text is too broken to say anything further; may be there beside errors.</param>
/// <param name="Findings">In the order of the text.</param>
public sealed record WorkflowReading(WorkflowDefinition? Definition, IReadOnlyList<Finding> Findings)
{
    public bool HasErrors => Findings.Any(f => f.Severity == FindingSeverity.Error);
}
