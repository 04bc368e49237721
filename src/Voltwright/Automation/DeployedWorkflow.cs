using Voltwright.Workflows;
using Voltwright.Workflows.Findings;

namespace Voltwright.Automation;

/// <summary>A version of a workflow that is in place. Its program is compiled when first needed.</summary>
public sealed class DeployedWorkflow(WorkflowId id, string source, DateTimeOffset deployedAt, Lazy<WorkflowProgram> program)
{
    public WorkflowId Id => id;

    /// <summary>YAML or JSON, as it was deployed.</summary>
    public string Source => source;

    public DateTimeOffset DeployedAt => deployedAt;

    /// <summary>Functions and schemas from elsewhere, as they were when it was deployed.</summary>
    public IReadOnlyDictionary<string, string> Resources { get; init; } = new Dictionary<string, string>();

    public WorkflowProgram Program => program.Value;
}

/// <summary>How a deployment ended.</summary>
public abstract record Deployment
{
    private Deployment()
    {
    }

    /// <param name="IsNew">False when this very text was deployed already.</param>
    /// <param name="Findings">Warnings and hints.</param>
    public sealed record Done(DeployedWorkflow Workflow, bool IsNew, IReadOnlyList<Finding> Findings) : Deployment;

    public sealed record Invalid(IReadOnlyList<Finding> Findings) : Deployment;

    /// <summary>Runs of this version exist, and they were promised another text.</summary>
    public sealed record Conflict(WorkflowId Id) : Deployment
    {
        public string Detail =>
            $"{Id} is deployed with another text and has runs. Raise 'document.version', and the new version takes over new runs.";
    }
}
