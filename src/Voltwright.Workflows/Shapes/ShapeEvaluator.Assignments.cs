using System.Diagnostics.CodeAnalysis;
using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// Assignments to members by name; other targets can become anything.
internal sealed partial class ShapeEvaluator
{
    private Outcome Assign(AssignNode assign, Shape input, Scope? scope)
    {
        if (!TryPath(assign.Target, out var path))
        {
            Evaluate(assign.Value, input, scope);
            return Outcome.Unknown;
        }

        if (assign.Operator == "|=")
        {
            var deletes = false;
            var updated = Set(input, path, old =>
            {
                var value = Evaluate(assign.Value, old, scope);
                deletes |= value.CanBeEmpty;
                return value.Values;
            });
            return new Outcome(deletes ? updated.Or(Removed(updated, path)).Or(Shape.Null) : updated, deletes);
        }

        var given = Evaluate(assign.Value, input, scope);
        if (given.Values.IsNever)
            return given;
        var symbol = assign.Operator[..^1];
        var result = Set(input, path, old => symbol switch
        {
            "" => given.Values,
            "//" => old.Truthy().Or(given.Values),
            _ => Calculate(symbol, old, given.Values),
        });
        return new Outcome(result, given.CanBeEmpty);
    }

    private Outcome Delete(Node target, Shape input, Scope? scope)
    {
        if (target is CommaNode comma)
            return Pipe(Delete(comma.Left, input, scope), new CallNode("del", [comma.Right]), scope);
        return TryPath(target, out var path) && path.Length > 0 ? Removed(input, path) : Outcome.Unknown;
    }

    /// <summary>The names of <c>.a.b</c>; false for any other path.</summary>
    private static bool TryPath(Node node, [NotNullWhen(true)] out string[]? path)
    {
        path = node switch
        {
            IdentityNode => [],
            IndexNode { Key: LiteralNode { Value: { IsString: true } key }, Optional: false } index when TryPath(index.Target, out var before)
                => [.. before, key.AsString()],
            PipeNode pipe when TryPath(pipe.Left, out var left) && TryPath(pipe.Right, out var right) => [.. left, .. right],
            _ => null,
        };
        return path is not null;
    }

    private static Shape Set(Shape target, ReadOnlySpan<string> path, Func<Shape, Shape> update)
    {
        if (target.IsNever)
            return Shape.Never;
        if (path.IsEmpty)
            return update(target);
        var members = target.Object is { } own ? own : target.CanBeNull ? ObjectShape.Empty : null;
        if (members is null)
            return Shape.Never;
        var old = target.CanBeNull ? members[path[0]].Or(Shape.Null) : members[path[0]];
        var set = members.With(path[0], Set(old, path[1..], update));
        // An object made from null has nothing but this member.
        var result = Shape.Of(set);
        return target.CanBeNull && target.Object is not null ? result.Or(Shape.Of(ObjectShape.Empty.With(path[0], set[path[0]]))) : result;
    }

    private static Shape Removed(Shape target, ReadOnlySpan<string> path)
    {
        var result = target.CanBeNull ? Shape.Null : Shape.Never;
        if (target.Object is not { } members)
            return result;
        var name = path[0];
        if (path.Length == 1)
            return result.Or(Shape.Of(members.Without(name)));
        if (!members.Can(name))
            return result.Or(Shape.Of(members));
        return result.Or(Shape.Of(members.With(name, Removed(members[name].NotNull(), path[1..]), members.Must(name))))
            .Or(members[name].CanBeNull ? Shape.Of(members) : Shape.Never);
    }
}
