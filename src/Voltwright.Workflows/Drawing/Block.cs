namespace Voltwright.Workflows.Drawing;

/// <summary>A node with all that only it leads to. Coordinates are from the node's axis and the block's top.</summary>
internal sealed class Block
{
    /// <summary>Space above a node that a way leads back to.</summary>
    public const double LoopHead = 22;

    private const double LaneWidth = 14;

    private readonly Dictionary<(int To, bool Left, bool Up), double> _lanes = [];

    public Block(Sketch node, bool loops)
    {
        Top = loops ? LoopHead : 0;
        Height = Top + node.Height;
        Left = node.Axis;
        Right = node.Width - node.Axis;
        IsRoot = node.Height == 0;
    }

    /// <summary>Whether it only holds the beginnings together.</summary>
    public bool IsRoot { get; }

    /// <summary>Where the node's own box begins.</summary>
    public double Top { get; }

    public double Left { get; private set; }

    public double Right { get; private set; }

    public double Height { get; set; }

    public List<(Block Child, double X, double Y)> Parts { get; } = [];

    /// <summary>Ways that go on below the block, and where.</summary>
    public List<Passing> Exits { get; } = [];

    public void Widen(Row row)
    {
        Left = Math.Max(Left, row.Left);
        Right = Math.Max(Right, row.Right);
    }

    /// <summary>Where ways to that node pass the rows; all that go there share it.</summary>
    public double Lane(int to, bool left, bool up = false)
    {
        // Down, the side that was taken first serves all; up, each side has its own.
        var key = (to, up && left, up);
        if (_lanes.TryGetValue(key, out var lane))
            return lane;
        if (left)
            return _lanes[key] = -(Left += LaneWidth) + (LaneWidth / 3);
        return _lanes[key] = (Right += LaneWidth) - (LaneWidth / 3);
    }
}

/// <summary>A way on its way down.</summary>
/// <param name="Side">Where it comes from, from 0 on the left to 1 on the right.</param>
internal sealed record Passing(FlowEdge Edge, double X, double Side);

/// <summary>Blocks side by side, their middle on the axis of what is above them.</summary>
internal sealed class Row
{
    public Row(IReadOnlyList<(int Node, Block Block)> blocks, double beside)
    {
        Blocks = blocks;
        var axes = new double[blocks.Count];
        var x = 0.0;
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = x + blocks[i].Block.Left;
            x = axes[i] + blocks[i].Block.Right + beside;
        }

        var middle = (axes[0] + axes[^1]) / 2;
        Axes = [.. axes.Select(a => a - middle)];
        Left = middle;
        Right = x - beside - middle;
        Height = blocks.Max(b => b.Block.Height);
    }

    public IReadOnlyList<(int Node, Block Block)> Blocks { get; }

    public IReadOnlyList<double> Axes { get; }

    public double Left { get; }

    public double Right { get; }

    public double Height { get; }

    public double? AxisOf(int node)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            if (Blocks[i].Node == node)
                return Axes[i];
        }

        return null;
    }
}
