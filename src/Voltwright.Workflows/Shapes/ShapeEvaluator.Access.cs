using Voltwright.Jq;
using Voltwright.Jq.Syntax;

namespace Voltwright.Workflows.Shapes;

// Reading members, elements and slices; taking values apart.
internal sealed partial class ShapeEvaluator
{
    private static readonly Shape NameBearing = Shape.AnyObject.Or(Shape.Null);

    /// <summary>The member of that name; null of null, and where an object has none. Anything else fails.</summary>
    private Shape Field(Node at, Shape target, string name)
    {
        var found = target.Object is { } members ? members[name] : Shape.Never;
        if (target.CanBeNull)
            found = found.Or(Shape.Null);
        return readings is null || target.IsNever ? found : readings.Member(at, target, name, found);
    }

    private Outcome Index(IndexNode index, Shape input, Scope? scope)
    {
        var target = Evaluate(index.Target, input, scope);
        var key = Evaluate(index.Key, input, scope);
        var values = target.Values.IsNever || key.Values.IsNever ? Shape.Never : At(index, target.Values, key.Values);
        var succeeds = key.Values.Single is { IsString: true } && target.Values.And(NameBearing).Equals(target.Values);
        return new Outcome(values, target.CanBeEmpty || key.CanBeEmpty || (index.Optional && !succeeds));
    }

    private Shape At(Node at, Shape target, Shape key)
    {
        if (key.Single is { } single)
        {
            if (single.IsString)
                return Field(at, target, single.AsString());
            if (single.IsNumber && target.Array is { } array && single.AsDouble() is var number && Math.Abs(number) < 1e9)
            {
                var index = (long)Math.Floor(number);
                readings?.Element(at, target, index);
                return target.CanBeNull ? array.At(index).Or(Shape.Null) : array.At(index);
            }
        }

        var found = target.CanBeNull ? Shape.Null : Shape.Never;
        if (target.Object is { } members && !key.Texts.IsEmpty)
            found = found.Or(members.AnyMember).Or(Shape.Null);
        if (target.Array is not null)
            found = found.Or(key.Array is null && key.Object is null ? target.Array.Element.Or(Shape.Null) : Shape.Any);
        return found;
    }

    private Outcome Slice(SliceNode slice, Shape input, Scope? scope)
    {
        var target = Evaluate(slice.Target, input, scope);
        var from = slice.From is null ? Shape.Null : Evaluate(slice.From, input, scope);
        var to = slice.To is null ? Shape.Null : Evaluate(slice.To, input, scope);
        var found = target.Values.CanBeNull ? Shape.Null : Shape.Never;
        if (target.Values.Array is { } array)
            found = found.Or(Shape.ArrayOf(array.Element));
        if (!target.Values.Texts.IsEmpty)
            found = found.Or(Shape.Text);
        return new Outcome(found, target.CanBeEmpty || from.CanBeEmpty || to.CanBeEmpty || slice.Optional);
    }

    private static Outcome Iterate(Outcome target)
    {
        var found = target.Values.Array?.Element ?? Shape.Never;
        if (target.Values.Object is { } members)
            found = found.Or(members.AnyMember);
        return new Outcome(found, true);
    }

    private Outcome Bind(BindNode bind, Shape input, Scope? scope)
    {
        var source = Evaluate(bind.Source, input, scope);
        if (source.Values.IsNever)
            return source;
        var inner = Bound(bind.Patterns, source.Values, input, scope);
        return Evaluate(bind.Body, input, inner).After(source.CanBeEmpty || bind.Patterns.Count > 1 || bind.Patterns[0] is not VariablePattern);
    }

    private Scope? Bound(IReadOnlyList<Pattern> patterns, Shape value, Shape input, Scope? scope)
    {
        if (patterns.Count == 1)
            return Bound(patterns[0], value, input, scope);
        // Of alternatives that fail, any may have been tried: their variables are anything.
        return patterns.SelectMany(Names).Distinct().Aggregate(scope, (outer, name) => new VariableScope(outer, name, Shape.Any));
    }

    private Scope? Bound(Pattern pattern, Shape value, Shape input, Scope? scope)
    {
        switch (pattern)
        {
            case VariablePattern variable:
                return new VariableScope(scope, variable.Name, value);
            case ArrayPattern array:
                for (var i = 0; i < array.Items.Count; i++)
                    scope = Bound(array.Items[i], At(new IdentityNode(), value, Shape.Of(i)), input, scope);
                return scope;
            default:
                foreach (var (variable, key, inner) in ((ObjectPattern)pattern).Members)
                {
                    var part = At(key, value, Evaluate(key, input, scope).Values);
                    if (variable is not null)
                        scope = new VariableScope(scope, variable, part);
                    if (inner is not null)
                        scope = Bound(inner, part, input, scope);
                }

                return scope;
        }
    }

    private static IEnumerable<string> Names(Pattern pattern) => pattern switch
    {
        VariablePattern variable => [variable.Name],
        ArrayPattern array => array.Items.SelectMany(Names),
        _ => ((ObjectPattern)pattern).Members.SelectMany(m =>
            (m.Variable is null ? Enumerable.Empty<string>() : [m.Variable]).Concat(m.Value is null ? [] : Names(m.Value))),
    };
}
