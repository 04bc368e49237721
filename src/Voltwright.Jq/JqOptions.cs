namespace Voltwright.Jq;

/// <summary>What a program may see. Everything that reaches outside the evaluation is off unless it is named here.</summary>
public sealed record JqOptions
{
    /// <summary>The shared default: no variables, no capabilities.</summary>
    public static JqOptions Default { get; } = new();

    /// <summary>Names of the global variables, without <c>$</c>; the values handed to an evaluation stand in the same order.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The members of <c>$ENV</c> and <c>env</c>; null refuses both.</summary>
    public JsonObject? Environment { get; init; }

    /// <summary>Allows <c>input</c>, <c>inputs</c>, <c>input_line_number</c> and <c>input_filename</c>.</summary>
    public bool Inputs { get; init; }

    /// <summary>Allows <c>halt</c> and <c>halt_error</c>.</summary>
    public bool Halt { get; init; }

    /// <summary>Folders searched by <c>import</c>, <c>include</c> and <c>modulemeta</c>; null refuses them.</summary>
    public IReadOnlyList<string>? ModulePaths { get; init; }

    /// <summary>Receives what <c>debug</c> and <c>stderr</c> print: the builtin's name and the value. Null drops it.</summary>
    public Action<string, JsonValue>? Messages { get; init; }
}
