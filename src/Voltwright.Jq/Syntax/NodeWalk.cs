namespace Voltwright.Jq.Syntax;

/// <summary>Looks through expressions.</summary>
internal static class NodeWalk
{
    /// <summary>Whether a function of that name and number of parameters is called anywhere inside; shadowing is not looked at.</summary>
    public static bool Calls(Node? node, string name, int count) =>
        node is not null && Within(node).Any(n => n is CallNode call && call.Name == name && call.Arguments.Count == count);

    /// <summary>The expression and all inside it.</summary>
    public static IEnumerable<Node> Within(Node node)
    {
        var open = new Stack<Node>([node]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in Children(next))
                open.Push(child);
        }
    }

    private static IEnumerable<Node> Children(Node node) => node switch
    {
        CallNode n => n.Arguments,
        TextNode n => n.Parts,
        IndexNode n => [n.Target, n.Key],
        SliceNode n => Present(n.Target, n.From, n.To),
        IterateNode n => [n.Target],
        NegateNode n => [n.Operand],
        ArrayNode n => Present(n.Content),
        ObjectNode n => n.Members.SelectMany(m => new[] { m.Key, m.Value }),
        PipeNode n => [n.Left, n.Right],
        CommaNode n => [n.Left, n.Right],
        BinaryNode n => [n.Left, n.Right],
        AssignNode n => [n.Target, n.Value],
        IfNode n => Present(n.Condition, n.Then, n.Else),
        TryNode n => Present(n.Body, n.Catch),
        ReduceNode n => [n.Source, n.Initial, n.Update, .. n.Patterns.SelectMany(Keys)],
        ForeachNode n => [n.Source, n.Initial, n.Update, .. Present(n.Extract), .. n.Patterns.SelectMany(Keys)],
        BindNode n => [n.Source, n.Body, .. n.Patterns.SelectMany(Keys)],
        LabelNode n => [n.Body],
        DefineNode n => [n.Definition.Body, n.Body],
        _ => [],
    };

    private static IEnumerable<Node> Present(params Node?[] nodes) => nodes.Where(node => node is not null)!;

    private static IEnumerable<Node> Keys(Pattern? pattern) => pattern switch
    {
        ArrayPattern array => array.Items.SelectMany(Keys),
        ObjectPattern members => members.Members.SelectMany(member => Keys(member.Value).Prepend(member.Key)),
        _ => [],
    };
}
