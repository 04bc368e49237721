using Voltwright.Workflows.Findings;
using Voltwright.Workflows.Resources;

namespace Voltwright.Workflows;

/// <summary>What compiling a definition gave.</summary>
/// <param name="Program">Null when a finding is an error, and when something is missing.</param>
public sealed record WorkflowCompilation(WorkflowProgram? Program, IReadOnlyList<Finding> Findings)
{
    /// <summary>Documents that the definition needs: compile again with them. They may need further ones.</summary>
    public IReadOnlyList<ResourceReference> Missing { get; init; } = [];
}
