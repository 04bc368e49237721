namespace Voltwright.Workflows.Definitions;

/// <summary>How expressions are read (DSL reference, Evaluate).</summary>
/// <param name="Loose">Every string of a value position is tried as an expression.</param>
public sealed record EvaluateDefinition(string Language, bool Loose);
