namespace Voltwright.Workflows.Drawing;

/// <summary>
/// Places a flow from top to bottom: below each node what only it leads to, branches side by side, what they join in below them.
/// Ways run down between the rows and past them in lanes of their own, so that none runs through a box.
/// </summary>
internal sealed class FlowLayout
{
    private const double Beside = 34;
    private const double Outside = 1_000_000;

    private readonly FlowGraph _graph;
    private readonly FlowOrder _order;
    private readonly Block[] _blocks;
    private readonly Dictionary<FlowEdge, List<Bend>> _bends = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, List<(Passing Way, Bend Bend)>> _returning = [];

    private FlowLayout(FlowGraph graph)
    {
        _graph = graph;
        _order = new FlowOrder(graph);
        _blocks = new Block[graph.Nodes.Count + 1];
        foreach (var edge in graph.Edges)
            _bends[edge] = [];
    }

    /// <summary>One sketch of the whole flow; its axis is that of the first node.</summary>
    public static Sketch Arrange(FlowGraph graph, Func<Hop, (bool? Taken, string? Title)> passed) => new FlowLayout(graph).Arrange(passed);

    private Sketch Arrange(Func<Hop, (bool? Taken, string? Title)> passed)
    {
        foreach (var node in _order.Forward.Reverse().Append(_order.Root))
            _blocks[node] = Stack(node);
        var root = _blocks[_order.Root];
        var places = Places(root);
        var entry = _blocks[0];
        var sketch = new Sketch(root.Left + root.Right, root.Height, root.Left + places[entry].X);
        foreach (var (node, index) in _graph.Nodes.Select((n, i) => (n, i)))
        {
            var at = places[_blocks[index]];
            sketch.Add(node.Sketch, root.Left + at.X - node.Sketch.Axis, at.Y + _blocks[index].Top);
        }

        foreach (var edge in _graph.Edges)
        {
            var (taken, title) = passed(edge.Hop);
            sketch.Add(new Arrow(_graph.Nodes[edge.From].Box, _graph.Nodes[edge.To].Box, ArrowKind.Flow, Path(edge, root.Left, places))
            {
                Taken = taken,
                Title = title,
            });
        }

        return sketch;
    }

    private Dictionary<Block, Point> Places(Block root)
    {
        var places = new Dictionary<Block, Point> { [root] = new(0, 0) };
        foreach (var node in _order.Forward.Prepend(_order.Root))
        {
            foreach (var (child, x, y) in _blocks[node].Parts)
                places[child] = new Point(places[_blocks[node]].X + x, places[_blocks[node]].Y + y);
        }

        return places;
    }

    private List<Point> Path(FlowEdge edge, double left, Dictionary<Block, Point> places)
    {
        var (from, to) = (_blocks[edge.From], _blocks[edge.To]);
        var start = new Point(left + places[from].X, places[from].Y + from.Top + _graph.Nodes[edge.From].Sketch.Height);
        List<Point> points = [start];
        foreach (var bend in _bends[edge])
        {
            var at = places[bend.In];
            points.Add(new Point(left + at.X + bend.FromX, at.Y + bend.Y));
            points.Add(new Point(left + at.X + bend.ToX, at.Y + bend.Y));
        }

        points.Add(new Point(left + places[to].X, places[to].Y + to.Top));
        return points;
    }

    private Block Stack(int node)
    {
        var sketch = node == _order.Root ? new Sketch(0, 0, 0) : _graph.Nodes[node].Sketch;
        var loops = _graph.Edges.Any(e => e.To == node && _order.IsBackward(e));
        var block = new Block(sketch, loops);
        var rows = Rows(node);
        foreach (var row in rows)
            block.Widen(row);
        var live = _order.Leaving(node).Select(e => new Passing(e, 0, 0.5)).ToList();
        foreach (var row in rows)
            live = Descend(node, block, row, live);
        var home = live.Where(p => p.Edge.To == node).ToArray();
        if (home.Length > 0)
            block.Height += Turn(node, block, home, []) - 6;
        foreach (var (way, bend) in _returning.GetValueOrDefault(node) ?? [])
        {
            bend.ToX = block.Lane(node, IsLeft(way), up: true);
            _bends[way.Edge].Add(new Bend(block, bend.ToX, Block.LoopHead / 2) { ToX = 0 });
        }

        block.Exits.AddRange(live.Except(home));
        return block;
    }

    /// <summary>Children by how many others they come after, each placed beside its like.</summary>
    private List<Row> Rows(int node)
    {
        var children = _order.Children[node];
        var level = children.ToDictionary(c => c, _ => 0);
        // Siblings come in the order of the flow, so that one pass is enough.
        foreach (var child in _order.Forward.Where(level.ContainsKey))
        {
            foreach (var (edge, _, _) in _blocks[child].Exits)
            {
                if (level.TryGetValue(edge.To, out var below))
                    level[edge.To] = Math.Max(below, level[child] + 1);
            }
        }

        var rank = _order.Leaving(node).Select((e, i) => (e.To, i)).GroupBy(p => p.To).ToDictionary(g => g.Key, g => g.First().i);
        return [.. children.GroupBy(c => level[c]).OrderBy(g => g.Key)
            .Select(g => new Row([.. g.OrderBy(c => rank.GetValueOrDefault(c, int.MaxValue)).Select(c => (c, _blocks[c]))], Beside))];
    }

    private List<Passing> Descend(int node, Block block, Row row, List<Passing> live)
    {
        var home = live.Where(w => MayReturn(node, w.Edge)).ToArray();
        List<(Passing Way, Channel.Turn Turn, bool Arrives)> turns = [];
        foreach (var way in live.Except(home))
        {
            var arrives = row.AxisOf(way.Edge.To) is not null && !_order.IsBackward(way.Edge);
            var x = arrives ? row.AxisOf(way.Edge.To)!.Value : block.Lane(way.Edge.To, IsLeft(way));
            turns.Add((way, new Channel.Turn(way.Edge, way.X, x), arrives));
        }

        var height = Turn(node, block, home, [.. turns.Select(t => t.Turn)]);
        block.Height += block.IsRoot ? 0 : height;
        var next = turns.Where(t => !t.Arrives).Select(t => t.Way with { X = t.Turn.ToX }).ToList();
        foreach (var ((_, child), index) in row.Blocks.Select((b, i) => (b, i)))
        {
            block.Parts.Add((child, row.Axes[index], block.Height));
            // Where in its row a way begins says on which side it passes the rows below.
            var side = row.Blocks.Count == 1 ? 0.5 : (double)index / (row.Blocks.Count - 1);
            next.AddRange(child.Exits.Select(p => p with { X = p.X + row.Axes[index], Side = side }));
        }

        block.Height += row.Height;
        return next;
    }

    /// <summary>Bends ways in the channel below what the block has so far; those that lead back turn outwards, to a lane that is found later.</summary>
    /// <returns>The channel's height.</returns>
    private double Turn(int node, Block block, Passing[] home, List<Channel.Turn> others)
    {
        var outwards = home.Select(w => new Channel.Turn(w.Edge, w.X, IsLeft(w) ? -Outside : Outside)).ToArray();
        var height = Channel.Route([.. others, .. outwards]);
        foreach (var turn in others.Where(t => t.Y > 0))
            _bends[turn.Edge].Add(new Bend(block, turn.FromX, block.Height + turn.Y) { ToX = turn.ToX });
        foreach (var (way, turn) in home.Zip(outwards))
        {
            var bend = new Bend(block, turn.FromX, block.Height + turn.Y);
            _bends[way.Edge].Add(bend);
            if (!_returning.TryGetValue(way.Edge.To, out var returning))
                _returning.Add(way.Edge.To, returning = []);
            returning.Add((way, bend));
        }

        return height;
    }

    /// <summary>Whether nothing stands beside the block, nor beside those around it up to where the way leads back to.</summary>
    private bool MayReturn(int node, FlowEdge edge)
    {
        if (!_order.IsBackward(edge))
            return false;
        while (node != edge.To)
        {
            node = _order.DominatorOf(node);
            if (_order.Children[node].Count > 1)
                return false;
        }

        return true;
    }

    private static bool IsLeft(Passing way) => way.Side <= 0.5;

    // Coordinates are relative to the block; what stands alone below another has the same axis as that.
    private sealed class Bend(Block @in, double fromX, double y)
    {
        public Block In => @in;

        public double FromX => fromX;

        public double Y => y;

        public double ToX { get; set; }
    }
}
