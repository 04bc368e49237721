using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// What a condition that is met, or not met, says about the values it looks at.
internal sealed partial class ShapeEvaluator
{
    private const int DeepestCondition = 64;

    private int _conditions;

    /// <summary>Input and variables where the condition has been found true, or not true. Where that cannot be, the input is never.</summary>
    public (Shape Input, Scope? Scope) Narrow(Node condition, bool met, Shape input, Scope? scope)
    {
        if (_conditions >= DeepestCondition)
            return (input, scope);
        _conditions++;
        try
        {
            return Narrowing(condition, met, input, scope);
        }
        finally
        {
            _conditions--;
        }
    }

    private (Shape Input, Scope? Scope) Narrowing(Node condition, bool met, Shape input, Scope? scope)
    {
        switch (condition)
        {
            case BinaryNode { Operator: "and" or "or" } both:
                return Both(both, met, input, scope);
            case BinaryNode { Operator: "==" or "!=" } comparison:
                return Compared(comparison, met == (comparison.Operator == "=="), input, scope);
            case PipeNode { Right: CallNode { Name: "not", Arguments.Count: 0 } } negated:
                return Narrow(negated.Left, !met, input, scope);
            case CallNode { Name: "not", Arguments.Count: 0 }:
                return (met ? input.Falsy() : input.Truthy(), scope);
            case CallNode { Arguments.Count: 0 } call when Argument(call.Name, scope) is { } argument:
                // Only the input is narrowed: the names there are others than here.
                return (Narrow(argument.Argument, met, input, argument.Written).Input, scope);
            case CallNode { Name: "has", Arguments: [LiteralNode { Value: { IsString: true } name }] } when met && !IsDefined("has", 1, scope):
                return (Having(input, name.AsString()), scope);
            default:
                return Place.Of(condition, scope) is { } place ? place.Narrow(input, scope, s => met ? s.Truthy() : s.Falsy()) : (input, scope);
        }
    }

    private (Shape Input, Scope? Scope) Both(BinaryNode both, bool met, Shape input, Scope? scope)
    {
        var all = both.Operator == "and" == met;
        var first = Narrow(both.Left, met, input, scope);
        if (all)
            return Narrow(both.Right, met, first.Input, first.Scope);
        // One of the two decides: the values after either.
        var passed = Narrow(both.Left, !met, input, scope);
        var second = Narrow(both.Right, met, passed.Input, passed.Scope);
        return first.Input.IsNever ? second : second.Input.IsNever ? first : (first.Input.Or(second.Input), scope);
    }

    private static (Shape Input, Scope? Scope) Compared(BinaryNode comparison, bool equal, Shape input, Scope? scope)
    {
        var (subject, literal) = comparison.Right is LiteralNode right ? (comparison.Left, right)
            : comparison.Left is LiteralNode left ? (comparison.Right, left) : (comparison.Left, null);
        if (literal is null || literal.Value.IsArray || literal.Value.IsObject)
            return (input, scope);
        if (subject is PipeNode { Right: CallNode { Name: "type", Arguments.Count: 0 }, Left: var typed } && literal.Value.IsString
            && !IsDefined("type", 0, scope) && Place.Of(typed, scope) is { } kinds)
            return kinds.Narrow(input, scope, s => OfKind(s, literal.Value.AsString(), equal));
        if (subject is CallNode { Name: "type", Arguments.Count: 0 } && literal.Value.IsString && !IsDefined("type", 0, scope))
            return (OfKind(input, literal.Value.AsString(), equal), scope);
        if (Place.Of(subject, scope) is not { } place)
            return (input, scope);
        return place.Narrow(input, scope, s => equal ? s.And(Shape.Of(literal.Value)) : s.Without(literal.Value));
    }

    private static Shape OfKind(Shape shape, string kind, bool equal) =>
        equal ? shape.OfKind(kind) : Shape.Join(shape.KindNames().Where(k => k != kind).Select(shape.OfKind));

    private static Shape Having(Shape input, string name)
    {
        if (input.Object is not { } members)
            return input.Array is null ? Shape.Never : input;
        var shape = members.Members.TryGetValue(name, out var member) ? member.Shape : members.Other(name);
        return Shape.Of(members.With(name, shape)).Or(input.OfKind("array"));
    }

    private static ArgumentScope? Argument(string name, Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope is ArgumentScope argument && argument.Name == name)
                return argument;
            if (scope is FunctionScope { Definition.Parameters.Count: 0 } function && function.Definition.Name == name)
                return null;
        }

        return null;
    }

    private static bool IsDefined(string name, int count, Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope is FunctionScope function && function.Definition.Name == name && function.Definition.Parameters.Count == count)
                return true;
            if (scope is ArgumentScope argument && argument.Name == name && count == 0)
                return true;
        }

        return false;
    }
}
