namespace Voltwright.Workflows.Drawing;

/// <summary>A part of the picture, measured, its coordinates its own; parts are put into larger parts until one is left.</summary>
/// <param name="axis">Where the flow enters above and leaves below, from the left.</param>
internal sealed class Sketch(double width, double height, double axis)
{
    private readonly List<(Sketch Part, double X, double Y)> _parts = [];
    private readonly List<Box> _boxes = [];
    private readonly List<Arrow> _arrows = [];

    public double Width => width;

    public double Height => height;

    public double Axis => axis;

    public static Sketch Of(Box box)
    {
        var sketch = new Sketch(box.Area.Width, box.Area.Height, box.Area.Width / 2);
        sketch._boxes.Add(box);
        return sketch;
    }

    public void Add(Box box) => _boxes.Add(box);

    public void Add(Arrow arrow) => _arrows.Add(arrow);

    public void Add(Sketch part, double x, double y) => _parts.Add((part, x, y));

    /// <summary>Moves everything to its place for good; the sketch must not be used again.</summary>
    /// <param name="boxes">Gets the boxes, outer ones first.</param>
    public void Settle(double x, double y, Box? parent, List<Box> boxes, List<Arrow> arrows)
    {
        foreach (var box in _boxes)
        {
            box.Move(x, y);
            box.Parent = parent;
            boxes.Add(box);
            // The first box of a region surrounds the rest; the panels in it surround each what lies on them.
            if (box.Shape is BoxShape.Frame or BoxShape.Panel)
                parent = box;
        }

        foreach (var arrow in _arrows)
        {
            arrow.Move(x, y);
            arrows.Add(arrow);
        }

        foreach (var (part, dx, dy) in _parts)
            part.Settle(x + dx, y + dy, parent, boxes, arrows);
    }
}
