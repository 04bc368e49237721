namespace Voltwright.Workflows.Drawing;

/// <summary>What one list of tasks looks like as nodes and the ways between them; the first node is where it begins.</summary>
internal sealed class FlowGraph
{
    private readonly List<FlowNode> _nodes = [];
    private readonly List<FlowEdge> _edges = [];

    public IReadOnlyList<FlowNode> Nodes => _nodes;

    public IReadOnlyList<FlowEdge> Edges => _edges;

    public int Add(Sketch sketch, Box box)
    {
        _nodes.Add(new FlowNode(sketch, box));
        return _nodes.Count - 1;
    }

    public int Add(Box box) => Add(Sketch.Of(box), box);

    public void Connect(int from, int to, Hop hop) => _edges.Add(new FlowEdge(from, to, hop));

    /// <summary>Ways that would cross the picture end in a word instead: out of what is never reached, and into the midst of a loop.</summary>
    public void BreakTangles(Func<int, Box> word)
    {
        // What is never reached must not count when it comes to what leads where.
        Break(new FlowOrder(this), (order, edge) => order.RootOf(edge.From) != order.RootOf(edge.To), word);
        Break(new FlowOrder(this), (order, edge) => order.IsBackward(edge) && !order.Dominates(edge.To, edge.From), word);
    }

    private void Break(FlowOrder order, Func<FlowOrder, FlowEdge, bool> isTangle, Func<int, Box> word)
    {
        for (var i = 0; i < _edges.Count; i++)
        {
            if (isTangle(order, _edges[i]))
                _edges[i] = _edges[i] with { To = Add(word(_edges[i].To)) };
        }
    }
}

internal sealed record FlowNode(Sketch Sketch, Box Box);

/// <param name="From">Index of a node.</param>
/// <param name="To">Index of a node.</param>
internal sealed record FlowEdge(int From, int To, Hop Hop);

/// <summary>What a run must have done to have gone a way.</summary>
/// <param name="From">Pointer of the task left; null: any.</param>
/// <param name="To">Pointer of the task that came next; null: none did in this list; the same as <paramref name="From"/>: that one finished.</param>
internal readonly record struct Hop(string? From, string? To);
