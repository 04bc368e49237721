using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows;

/// <summary>What compiling a definition gave.</summary>
/// <param name="Program">Null when a finding is an error.</param>
public sealed record WorkflowCompilation(WorkflowProgram? Program, IReadOnlyList<Finding> Findings);
