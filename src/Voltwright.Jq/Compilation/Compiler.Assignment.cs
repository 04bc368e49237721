using Voltwright.Jq.Evaluation;
using Voltwright.Jq.Paths;
using Voltwright.Jq.Syntax;

namespace Voltwright.Jq.Compilation;

/// <summary>The assignment operators, and loops over alternative patterns, by way of simpler expressions.</summary>
internal sealed partial class Compiler
{
    /// <summary>A name no program can write.</summary>
    private const string Hidden = "*value";

    private Filter Assign(AssignNode assign, Scope? scope, int depth)
    {
        switch (assign.Operator)
        {
            case "=":
                return new SetFilter(Compile(assign.Target, scope, depth, false), Compile(assign.Value, scope, depth, false));
            case "|=":
                return new UpdateFilter(Compile(assign.Target, scope, depth, false), Compile(assign.Value, scope, depth, false));
            default:
                // The right side sees the whole input, once: `value as $v | target |= (. operator $v)`.
                var update = new BinaryNode(assign.Operator[..^1], new IdentityNode(), new VariableNode(Hidden)) { Position = assign.Position };
                var whole = new AssignNode("|=", assign.Target, update) { Position = assign.Position };
                return Compile(new BindNode(assign.Value, [new VariablePattern(Hidden)], whole), scope, depth, false);
        }
    }

    private Filter AlternativesLoop(Node loop, Node source, IReadOnlyList<Pattern> patterns, Scope? scope, int depth)
    {
        var whole = new VariablePattern(Hidden);
        Node Each(Node body) => new BindNode(new VariableNode(Hidden), patterns, body) { Position = loop.Position };
        Node rewritten = loop is ReduceNode reduce
            ? new ReduceNode(source, [whole], reduce.Initial, Each(reduce.Update))
            : Rewrite((ForeachNode)loop);
        return Compile(rewritten, scope, depth, false);

        ForeachNode Rewrite(ForeachNode each) =>
            new(source, [whole], each.Initial, Each(each.Update), each.Extract is null ? null : Each(each.Extract));
    }
}
