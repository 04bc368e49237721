namespace Voltwright.Workflows.Drawing;

/// <summary>
/// The order in a flow graph: which ways lead back, and which node each node cannot be reached without (its dominator).
/// Nodes that nothing leads to are beginnings of their own; above all beginnings stands a node that is not drawn, <see cref="Root"/>.
/// </summary>
internal sealed class FlowOrder
{
    private readonly List<FlowEdge>[] _leaving;
    private readonly HashSet<FlowEdge> _backward = new(ReferenceEqualityComparer.Instance);
    private readonly int[] _root;
    private readonly int[] _depth;
    private readonly int[] _dominator;

    public FlowOrder(FlowGraph graph)
    {
        Root = graph.Nodes.Count;
        _root = Enumerable.Repeat(-1, Root).ToArray();
        _leaving = [.. Enumerable.Range(0, Root).Select(_ => new List<FlowEdge>())];
        foreach (var edge in graph.Edges)
            _leaving[edge.From].Add(edge);
        var finished = new List<int>();
        for (var node = 0; node < Root; node++)
        {
            if (_root[node] < 0)
                Visit(node, finished);
        }

        finished.Reverse();
        Forward = finished;
        (_dominator, _depth) = Dominators(graph);
        Children = [.. Enumerable.Range(0, Root + 1).Select(_ => new List<int>())];
        foreach (var node in Enumerable.Range(0, Root).OrderBy(n => n))
            Children[_dominator[node]].Add(node);
    }

    /// <summary>The node above all, not one of the graph's.</summary>
    public int Root { get; }

    /// <summary>Every node after all that lead to it, ways back left out.</summary>
    public IReadOnlyList<int> Forward { get; }

    /// <summary>The nodes that each node dominates directly.</summary>
    public IReadOnlyList<List<int>> Children { get; }

    public IReadOnlyList<FlowEdge> Leaving(int node) => node == Root ? [] : _leaving[node];

    public bool IsBackward(FlowEdge edge) => _backward.Contains(edge);

    public int RootOf(int node) => _root[node];

    public int DominatorOf(int node) => _dominator[node];

    public bool Dominates(int above, int node)
    {
        while (node != Root && _depth[node] > _depth[above])
            node = _dominator[node];
        return node == above;
    }

    /// <summary>The child of a dominating node on the way to a node.</summary>
    public int ChildTowards(int dominator, int node)
    {
        while (_dominator[node] != dominator)
            node = _dominator[node];
        return node;
    }

    // Depth first, without recursion: a list may have thousands of tasks.
    private void Visit(int root, List<int> finished)
    {
        var open = new Stack<(int Node, int Next)>([(root, 0)]);
        var onPath = new HashSet<int> { root };
        var first = finished.Count;
        _root[root] = root;
        while (open.TryPop(out var top))
        {
            // The last way first, so that in the reversed order the first comes first.
            if (top.Next == _leaving[top.Node].Count)
            {
                onPath.Remove(top.Node);
                finished.Add(top.Node);
                continue;
            }

            var edge = _leaving[top.Node][^(top.Next + 1)];
            open.Push((top.Node, top.Next + 1));
            if (onPath.Contains(edge.To))
                _backward.Add(edge);
            else if (_root[edge.To] < 0)
            {
                _root[edge.To] = root;
                onPath.Add(edge.To);
                open.Push((edge.To, 0));
            }
        }
    }

    private (int[] Dominator, int[] Depth) Dominators(FlowGraph graph)
    {
        var dominator = Enumerable.Repeat(Root, Root + 1).ToArray();
        var depth = new int[Root + 1];
        var arriving = graph.Edges.Where(e => !IsBackward(e)).ToLookup(e => e.To, e => e.From);
        foreach (var node in Forward)
        {
            var above = -1;
            foreach (var from in arriving[node])
                above = above < 0 ? from : Meet(above, from);
            dominator[node] = above < 0 ? Root : above;
            depth[node] = depth[dominator[node]] + 1;
        }

        return (dominator, depth);

        int Meet(int a, int b)
        {
            while (a != b)
            {
                if (depth[a] < depth[b])
                    (a, b) = (b, a);
                a = dominator[a];
            }

            return a;
        }
    }
}
