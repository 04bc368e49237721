namespace Voltwright.Workflows.Definitions;

/// <summary>Who the workflow is (DSL reference, Document).</summary>
public sealed record DocumentDefinition(string Dsl, string Namespace, string Name, string Version, string? Title, string? Summary);
