namespace Voltwright.Workflows.Drawing;

/// <summary>Leads from one box to another, in upright and level lines.</summary>
public sealed class Arrow(Box from, Box to, ArrowKind kind, IReadOnlyList<Point> points)
{
    public Box From => from;

    public Box To => to;

    public ArrowKind Kind => kind;

    /// <summary>From the border of <see cref="From"/> to the border of <see cref="To"/>.</summary>
    public IReadOnlyList<Point> Points { get; private set; } = points;

    /// <summary>Whether the run went this way; null without a run.</summary>
    public bool? Taken { get; internal set; }

    /// <summary>What passed here, for a pointing device; null when nothing is known.</summary>
    public string? Title { get; internal set; }

    internal void Move(double dx, double dy) => Points = [.. Points.Select(p => new Point(p.X + dx, p.Y + dy))];
}

public enum ArrowKind
{
    Flow,

    /// <summary>From a region whose errors are caught to what catches them.</summary>
    Caught,
}
