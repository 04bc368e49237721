using Voltwright.Jq.Builtins;
using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>Access, construction, loops and bindings.</summary>
internal sealed partial class Compiler
{
    private Filter Access(Node node, Scope? scope, int depth)
    {
        switch (node)
        {
            case IndexNode index:
                var key = Compile(index.Key, scope, depth, false);
                if (key is ConstantFilter { Value.Content: string name })
                    return Of(index.Target, Optional(new FieldFilter(name), index.Optional), scope, depth);
                var filter = new IndexFilter(Compile(index.Target, scope, depth, false), key);
                return index.Optional ? OptionalIndex(index, key, scope, depth) : filter;
            case SliceNode slice:
                var bounds = new SliceKeyFilter(Bound(slice.From, scope, depth), Bound(slice.To, scope, depth));
                return slice.Optional
                    ? OptionalIndex(slice, bounds, scope, depth)
                    : new IndexFilter(Compile(slice.Target, scope, depth, false), bounds);
            default:
                var iterate = (IterateNode)node;
                return Of(iterate.Target, Optional(new IterateFilter(), iterate.Optional), scope, depth);
        }
    }

    /// <summary>Only the access itself is optional: key and target are computed outside the try, the key first.</summary>
    private BindVariableFilter OptionalIndex(Node node, Filter key, Scope? scope, int depth)
    {
        var target = node is IndexNode index ? index.Target : ((SliceNode)node).Target;
        var access = new TryFilter(new IndexFilter(new IdentityFilter(), new VariableFilter(0)), null);
        return new(key, new PipeFilter(Compile(target, scope, depth + 1, false), access));
    }

    private Filter Bound(Node? bound, Scope? scope, int depth) =>
        bound is null ? new ConstantFilter(default) : Compile(bound, scope, depth, false);

    private Filter Of(Node target, Filter access, Scope? scope, int depth) =>
        target is IdentityNode ? access : new PipeFilter(Compile(target, scope, depth, false), access);

    private static Filter Optional(Filter access, bool optional) => optional ? new TryFilter(access, null) : access;

    private Filter Array(ArrayNode array, Scope? scope, int depth)
    {
        if (Constants.Of(array) is { } constant)
            return new ConstantFilter(constant);
        return new ArrayFilter(Compile(array.Content!, scope, depth, false));
    }

    private Filter Object(ObjectNode shape, Scope? scope, int depth)
    {
        if (Constants.Of(shape) is { } constant)
            return new ConstantFilter(constant);
        return new ObjectFilter(
            [.. shape.Members.Select(member => Compile(member.Key, scope, depth, false))],
            [.. shape.Members.Select(member => member.Value is OwnKeyNode ? null : Compile(member.Value, scope, depth, false))]);
    }

    private Filter Text(Node node, Scope? scope, int depth)
    {
        if (node is FormatNode format)
            return new Native0Filter(Format(format.Name));
        var text = (TextNode)node;
        var call = Format(text.Format ?? "text");
        var parts = text.Parts.Select((part, i) => i % 2 == 0
            ? (Filter)new ConstantFilter(((LiteralNode)part).Value)
            : new PipeFilter(Compile(part, scope, depth, false), new Native0Filter(call)));
        return new NativeFilter(Strings.Join, [.. parts.Where(part => part is not ConstantFilter { Value.Content: "" })]);
    }

    /// <summary>An unknown format is an error of the evaluation, as in jq.</summary>
    private static NativeCall0 Format(string name) => Formats.Named(name) ?? ((m, _) => m.Fail($"{name} is not a valid format"));

    private Filter Loop(Node node, Scope? scope, int depth)
    {
        var (source, patterns, initial) = node is ReduceNode r
            ? (r.Source, r.Patterns, r.Initial)
            : (((ForeachNode)node).Source, ((ForeachNode)node).Patterns, ((ForeachNode)node).Initial);
        if (patterns.Count > 1)
            return AlternativesLoop(node, source, patterns, scope, depth);
        var (binder, inner, innerDepth) = Pattern(patterns[0], scope, depth);
        var from = Compile(source, scope, depth, false);
        var start = Compile(initial, scope, depth, false);
        if (node is ReduceNode reduce)
            return new ReduceFilter(from, binder, start, Compile(reduce.Update, inner, innerDepth, false));
        var each = (ForeachNode)node;
        var extract = each.Extract is null ? new IdentityFilter() : Compile(each.Extract, inner, innerDepth, false);
        return new ForeachFilter(from, binder, start, Compile(each.Update, inner, innerDepth, false), extract);
    }

    private Filter Bind(BindNode bind, Scope? scope, int depth, bool tail)
    {
        var source = Compile(bind.Source, scope, depth, false);
        if (bind.Patterns.Count > 1)
            return new AlternativesFilter(source, Alternatives(bind.Patterns, bind.Body, scope, depth + 1));
        if (bind.Patterns[0] is VariablePattern variable)
        {
            if (source is ConstantFilter constant)
                return Compile(bind.Body, new ConstantScope(scope, variable.Name, constant.Value), depth, tail);
            return new BindVariableFilter(
                source, Compile(bind.Body, new VariableScope(scope, variable.Name, depth), depth + 1, tail && source.Single));
        }

        var (binder, inner, innerDepth) = Pattern(bind.Patterns[0], scope, depth);
        return new BindPatternFilter(source, binder, Compile(bind.Body, inner, innerDepth, false));
    }

    private Filter[] Alternatives(IReadOnlyList<Pattern> patterns, Node body, Scope? scope, int depth)
    {
        var names = patterns.SelectMany(Names).Distinct().ToArray();
        return [.. patterns.Select(pattern =>
        {
            var known = names.Aggregate(scope, (outer, name) => new ConstantScope(outer, name, default));
            var (binder, inner, innerDepth) = Pattern(pattern, known, depth);
            return (Filter)new BindPatternFilter(new VariableFilter(0), binder, Compile(body, inner, innerDepth, false));
        })];
    }

    private static IEnumerable<string> Names(Pattern pattern) => pattern switch
    {
        VariablePattern variable => [variable.Name],
        ArrayPattern array => array.Items.SelectMany(Names),
        ObjectPattern members => members.Members.SelectMany(member =>
            (member.Variable is null ? [] : Enumerable.Repeat(member.Variable, 1)).Concat(member.Value is null ? [] : Names(member.Value))),
        _ => [],
    };

    /// <summary>The binder of a pattern, and the scope and depth of what comes after it.</summary>
    private (Binder Binder, Scope? Scope, int Depth) Pattern(Pattern pattern, Scope? scope, int depth)
    {
        switch (pattern)
        {
            case VariablePattern variable:
                return (new VariableBinder(), new VariableScope(scope, variable.Name, depth), depth + 1);
            case ArrayPattern array:
                return Elements([.. array.Items.Select((item, i) => ((string?)null, (Node)new LiteralNode(i), (Pattern?)item))], 0, scope, depth);
            default:
                return Elements(((ObjectPattern)pattern).Members, 0, scope, depth);
        }
    }

    private (Binder Binder, Scope? Scope, int Depth) Elements(
        IReadOnlyList<(string? Variable, Node Key, Pattern? Value)> members, int index, Scope? scope, int depth)
    {
        if (index == members.Count)
            return (new NoBinder(), scope, depth);
        var (variable, key, value) = members[index];
        var compiledKey = Compile(key, scope, depth, false);
        if (variable is not null)
            (scope, depth) = (new VariableScope(scope, variable, depth), depth + 1);
        var (element, inner, innerDepth) = value is null ? (new NoBinder(), scope, depth) : Pattern(value, scope, depth);
        var (next, last, lastDepth) = Elements(members, index + 1, inner, innerDepth);
        return (new ElementBinder(compiledKey, variable is not null, element, next), last, lastDepth);
    }
}
