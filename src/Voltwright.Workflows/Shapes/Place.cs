using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

/// <summary>What an expression like <c>.a.b</c> or <c>$v.a</c> reads.</summary>
/// <param name="Variable">Null: the input.</param>
internal sealed record Place(string? Variable, IReadOnlyList<string> Path)
{
    /// <summary>Null when the expression is no such path.</summary>
    public static Place? Of(Node node, Scope? scope) => node switch
    {
        IdentityNode => new Place(null, []),
        VariableNode variable => Scope.Variable(scope, variable.Name) is null ? null : new Place(variable.Name, []),
        IndexNode { Key: LiteralNode { Value: { IsString: true } key } } index when Of(index.Target, scope) is { } before =>
            before with { Path = [.. before.Path, key.AsString()] },
        PipeNode pipe when Of(pipe.Left, scope) is { } left && Of(pipe.Right, scope) is { Variable: null } right =>
            left with { Path = [.. left.Path, .. right.Path] },
        _ => null,
    };

    /// <summary>Narrows what stands there.</summary>
    public (Shape Input, Scope? Scope) Narrow(Shape input, Scope? scope, Func<Shape, Shape> narrow)
    {
        if (Variable is null)
            return (Narrowed(input, Path, 0, narrow), scope);
        var narrowed = Narrowed(Scope.Variable(scope, Variable)!, Path, 0, narrow);
        return narrowed.IsNever ? (Shape.Never, scope) : (input, Scope.With(scope, Variable, narrowed));
    }

    private static Shape Narrowed(Shape shape, IReadOnlyList<string> path, int from, Func<Shape, Shape> narrow)
    {
        if (from == path.Count)
            return narrow(shape);
        // What is neither object nor null cannot be read by name: the condition would have failed.
        var result = shape.CanBeNull && !Narrowed(Shape.Null, path, from + 1, narrow).IsNever ? Shape.Null : Shape.Never;
        if (shape.Object is not { } members)
            return result;
        var member = Narrowed(members[path[from]], path, from + 1, narrow);
        if (member.IsNever)
            return result;
        var required = members.Must(path[from]) || !member.CanBeNull;
        return members.Can(path[from]) ? result.Or(Shape.Of(members.With(path[from], member, required))) : result.Or(Shape.Of(members));
    }
}
