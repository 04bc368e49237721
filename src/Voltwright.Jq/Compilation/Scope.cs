using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>What a name means at a place in a program: a chain, innermost first.</summary>
internal abstract record Scope(Scope? Outer, string Name);

/// <summary>A variable (or label, when its name starts with <c>*</c>) in the environment link made at that depth.</summary>
internal sealed record VariableScope(Scope? Outer, string Name, int Depth) : Scope(Outer, Name);

/// <summary>A variable whose value is known.</summary>
internal sealed record ConstantScope(Scope? Outer, string Name, JsonValue Value) : Scope(Outer, Name);

/// <summary>A parameter of an inlined function: the argument, with the scope it was written in.</summary>
internal sealed record ArgumentScope(Scope? Outer, string Name, Node Argument, Scope? Written) : Scope(Outer, Name);

/// <summary>A parameter of a called function: a closure in the environment.</summary>
internal sealed record ParameterScope(Scope? Outer, string Name, int Depth) : Scope(Outer, Name);

/// <summary>A definition. It sees itself and what stands outside it.</summary>
internal sealed record FunctionScope(Scope? Outer, Definition Definition, int Depth) : Scope(Outer, Definition.Name)
{
    /// <summary>The compiled function, once a call that is not inlined wants it.</summary>
    public Function? Function { get; set; }

    /// <summary>The name it is called by, where an import adds a prefix.</summary>
    public string? Alias { get; init; }

    /// <summary>What the body sees, when that is not what stands around the definition (imported files).</summary>
    public Scope? Inside { get; init; }
}
