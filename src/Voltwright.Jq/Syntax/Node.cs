namespace Voltwright.Jq.Syntax;

/// <summary>A parsed expression. Positions count UTF-16 units from the start of the program.</summary>
internal abstract record Node
{
    public int Position { get; init; }
}

internal sealed record IdentityNode : Node;

internal sealed record LiteralNode(JsonValue Value) : Node;

internal sealed record VariableNode(string Name) : Node;

internal sealed record CallNode(string Name, IReadOnlyList<Node> Arguments) : Node;

internal sealed record FormatNode(string Name) : Node;

/// <summary>A string with interpolations: constant texts and expressions in turn, each formatted by <paramref name="Format"/>.</summary>
internal sealed record TextNode(string? Format, IReadOnlyList<Node> Parts) : Node;

internal sealed record IndexNode(Node Target, Node Key, bool Optional) : Node;

internal sealed record SliceNode(Node Target, Node? From, Node? To, bool Optional) : Node;

internal sealed record IterateNode(Node Target, bool Optional) : Node;

internal sealed record NegateNode(Node Operand) : Node;

internal sealed record ArrayNode(Node? Content) : Node;

internal sealed record ObjectNode(IReadOnlyList<(Node Key, Node Value)> Members) : Node;

/// <summary>In an object without a value, <c>{"key"}</c>: what stands under that key in the input.</summary>
internal sealed record OwnKeyNode : Node;

internal sealed record PipeNode(Node Left, Node Right) : Node;

internal sealed record CommaNode(Node Left, Node Right) : Node;

internal sealed record BinaryNode(string Operator, Node Left, Node Right) : Node;

/// <summary><c>=</c>, <c>|=</c>, <c>+=</c> and the like.</summary>
internal sealed record AssignNode(string Operator, Node Target, Node Value) : Node;

internal sealed record IfNode(Node Condition, Node Then, Node? Else) : Node;

internal sealed record TryNode(Node Body, Node? Catch) : Node;

internal sealed record ReduceNode(Node Source, IReadOnlyList<Pattern> Patterns, Node Initial, Node Update) : Node;

internal sealed record ForeachNode(Node Source, IReadOnlyList<Pattern> Patterns, Node Initial, Node Update, Node? Extract) : Node;

/// <summary><c>source as pattern ?// pattern | body</c>.</summary>
internal sealed record BindNode(Node Source, IReadOnlyList<Pattern> Patterns, Node Body) : Node;

internal sealed record LabelNode(string Name, Node Body) : Node;

internal sealed record BreakNode(string Name) : Node;

internal sealed record DefineNode(Definition Definition, Node Body) : Node;

/// <summary>A function; a parameter that starts with <c>$</c> is bound to each value of its argument.</summary>
internal sealed record Definition(string Name, IReadOnlyList<string> Parameters, Node Body)
{
    private bool? _callsItself;

    public int Position { get; init; }

    public bool CallsItself => _callsItself ??= NodeWalk.Calls(Body, Name, Parameters.Count);

    /// <summary>Whether a parameter can be handed over as a value: it is a <c>$parameter</c>, and never called as a function.</summary>
    public bool TakesValue(string parameter) => parameter[0] == '$' && !NodeWalk.Calls(Body, parameter[1..], 0);
}

/// <summary>What a value is taken apart by.</summary>
internal abstract record Pattern;

internal sealed record VariablePattern(string Name) : Pattern;

internal sealed record ArrayPattern(IReadOnlyList<Pattern> Items) : Pattern;

/// <summary>Members <c>$variable</c>, <c>key: pattern</c>, or <c>$variable: pattern</c>.</summary>
internal sealed record ObjectPattern(IReadOnlyList<(string? Variable, Node Key, Pattern? Value)> Members) : Pattern;

/// <summary>A file: a program has a <see cref="Body"/>, a library none.</summary>
internal sealed record SourceFile(JsonValue Metadata, IReadOnlyList<ImportLine> Imports, IReadOnlyList<Definition> Definitions, Node? Body);

/// <summary><c>import path as name;</c>, <c>import path as $name;</c> (data) or <c>include path;</c> (no name).</summary>
internal sealed record ImportLine(string Path, string? Name, bool IsData, JsonValue Metadata, int Position);
