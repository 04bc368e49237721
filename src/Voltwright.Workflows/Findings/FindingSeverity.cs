namespace Voltwright.Workflows.Findings;

/// <summary>How much a <see cref="Finding"/> weighs: only an <see cref="Error"/> keeps a definition from running.</summary>
public enum FindingSeverity
{
    Info,
    Warning,
    Error,
}
