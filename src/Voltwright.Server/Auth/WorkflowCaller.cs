namespace Voltwright.Server.Auth;

/// <summary>Marks a request that a workflow of this process makes. Only code of this assembly can set it.</summary>
internal sealed class WorkflowCaller
{
    public static readonly WorkflowCaller Instance = new();

    private WorkflowCaller()
    {
    }
}
