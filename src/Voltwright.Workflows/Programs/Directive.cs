namespace Voltwright.Workflows.Programs;

/// <summary>Where the flow goes after a task.</summary>
internal readonly record struct Directive(DirectiveKind Kind, int Target = -1)
{
    public static Directive Continue => default;
}

internal enum DirectiveKind
{
    Continue,
    Target,
    Exit,
    End,
}
