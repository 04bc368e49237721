namespace Voltwright.Workflows.Expressions;

/// <summary>What an expression can ask for by name (DSL, Runtime expression arguments).</summary>
[Flags]
internal enum Argument
{
    None = 0,
    Context = 1,
    Input = 2,
    Output = 4,
    Secrets = 8,
    Authorization = 16,
    Task = 32,
    Workflow = 64,
    Runtime = 128,

    /// <summary>A name that a <c>for</c>, a <c>catch</c> or a <c>foreach</c> around the expression introduces.</summary>
    Variable = 256,
}

/// <summary>Where an expression stands: the rows of the DSL's table, as the arguments granted there.</summary>
internal static class Place
{
    public const Argument Trigger = Argument.Runtime;
    public const Argument WorkflowInput = Argument.Secrets | Argument.Workflow | Argument.Runtime;
    public const Argument WorkflowOutput = WorkflowInput | Argument.Context;
    public const Argument TaskInput = Argument.Context | Argument.Secrets | Argument.Task | Argument.Workflow | Argument.Runtime;
    public const Argument TaskBody = TaskInput | Argument.Input | Argument.Authorization;
    public const Argument TaskOutput = TaskBody;
    public const Argument TaskExport = TaskBody | Argument.Output;

    public static string Name(Argument argument) => argument.ToString().ToLowerInvariant();
}

/// <summary>One value an expression needs.</summary>
internal readonly record struct ArgumentSlot(Argument Argument, string Name);
