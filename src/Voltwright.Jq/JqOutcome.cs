namespace Voltwright.Jq;

/// <summary>What an evaluation, or one step of it, came to.</summary>
public enum JqOutcomeKind : byte
{
    /// <summary>An output.</summary>
    Value,

    /// <summary>The program ended without an output.</summary>
    Empty,

    /// <summary>The program raised an error, or used up its budget.</summary>
    Error,

    /// <summary>The program asked to halt (<c>halt</c>, <c>halt_error</c>).</summary>
    Halt,
}

/// <summary>One output of a program, its end without one, or its error.</summary>
public readonly struct JqOutcome
{
    private readonly JsonValue _content;
    private readonly int _code;

    private JqOutcome(JqOutcomeKind kind, JsonValue content, int code = 0)
    {
        Kind = kind;
        _content = content;
        _code = code;
    }

    /// <summary>Which of the four this is; the other members answer by it.</summary>
    public JqOutcomeKind Kind { get; }

    /// <summary>Whether there is an output.</summary>
    public bool IsValue => Kind == JqOutcomeKind.Value;

    /// <summary>The output; <c>null</c> unless <see cref="Kind"/> is <see cref="JqOutcomeKind.Value"/>.</summary>
    public JsonValue Value => IsValue ? _content : default;

    /// <summary>The raised value, usually a string (jq manual, <c>error</c>); for a halt, what <c>halt_error</c> was given.</summary>
    public JsonValue Error => Kind is JqOutcomeKind.Error or JqOutcomeKind.Halt ? _content : default;

    /// <summary>The exit code a halting program asked for; 0 otherwise.</summary>
    public int ExitCode => _code;

    /// <summary>The error as jq's command prints it; empty when there is none.</summary>
    public string Message => Kind is JqOutcomeKind.Value or JqOutcomeKind.Empty ? ""
        : _content.TryGetString(out var text) ? text : $"{_content} (not a string)";

    internal static JqOutcome Of(JsonValue value) => new(JqOutcomeKind.Value, value);

    internal static JqOutcome Failed(JsonValue error) => new(JqOutcomeKind.Error, error);

    internal static JqOutcome Halted(JsonValue content, int code) => new(JqOutcomeKind.Halt, content, code);

    internal static JqOutcome None => new(JqOutcomeKind.Empty, default);
}
