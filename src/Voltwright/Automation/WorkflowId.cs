namespace Voltwright.Automation;

/// <summary>One version of one workflow: what <c>document</c> calls it.</summary>
[GenerateSerializer, Immutable]
public sealed record WorkflowId(string Namespace, string Name, string Version)
{
    public const string StreamKind = "workflow";

    /// <summary>The workflow, whatever its version.</summary>
    public string Family => $"{Namespace}/{Name}";

    public string Stream => $"{StreamKind}/{Namespace}/{Name}/{Version}";

    public override string ToString() => $"{Namespace}/{Name} {Version}";
}
