namespace Voltwright.Workflows.Compiling;

/// <summary>Where in the definition a task is compiled.</summary>
/// <param name="Variables">Names introduced around it.</param>
/// <param name="IdPrefix">Empty, but for the tasks of a function: where it is called.</param>
/// <param name="Functions">Functions being compiled, outermost first.</param>
internal sealed record CompileScope(IReadOnlyList<string> Variables, string IdPrefix, IReadOnlyList<string> Functions)
{
    public static CompileScope Root { get; } = new([], "", []);

    /// <summary>Inside the tasks of an extension, which are not extended themselves.</summary>
    public bool InExtension { get; init; }

    public CompileScope With(params ReadOnlySpan<string> names) => this with { Variables = [.. Variables, .. names] };
}
