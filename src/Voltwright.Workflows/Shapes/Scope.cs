using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

/// <summary>The names at one place of an expression, innermost first.</summary>
internal abstract class Scope(Scope? outer)
{
    public Scope? Outer => outer;

    public static Shape? Variable(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope is VariableScope variable && variable.Name == name)
                return variable.Shape;
        }

        return null;
    }

    /// <summary>The same names, one variable narrowed.</summary>
    public static Scope? With(Scope? scope, string name, Shape shape) => scope switch
    {
        null => null,
        VariableScope variable when variable.Name == name => new VariableScope(variable.Outer, name, shape),
        _ => scope.Within(With(scope.Outer, name, shape)),
    };

    protected abstract Scope Within(Scope? other);
}

internal sealed class VariableScope(Scope? outer, string name, Shape shape) : Scope(outer)
{
    public string Name => name;

    public Shape Shape => shape;

    protected override Scope Within(Scope? other) => new VariableScope(other, name, shape);
}

internal sealed class FunctionScope(Scope? outer, Definition definition) : Scope(outer)
{
    public Definition Definition => definition;

    protected override Scope Within(Scope? other) => new FunctionScope(other, definition);
}

/// <summary>An argument of the function being evaluated: an expression, and the names where it was written.</summary>
internal sealed class ArgumentScope(Scope? outer, string name, Node argument, Scope? written) : Scope(outer)
{
    public string Name => name;

    public Node Argument => argument;

    public Scope? Written => written;

    protected override Scope Within(Scope? other) => new ArgumentScope(other, name, argument, written);
}
