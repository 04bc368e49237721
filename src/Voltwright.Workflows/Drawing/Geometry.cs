namespace Voltwright.Workflows.Drawing;

/// <summary>A place in the picture, in CSS pixels from its top left corner.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>An upright rectangle, in CSS pixels.</summary>
public readonly record struct Rect(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Rect Moved(double dx, double dy) => this with { X = X + dx, Y = Y + dy };

    /// <summary>Whether the other lies wholly within this one; borders may touch.</summary>
    public bool Contains(Rect other) => other.X >= X && other.Y >= Y && other.Right <= Right && other.Bottom <= Bottom;

    /// <summary>Whether the two share more than a border.</summary>
    public bool Overlaps(Rect other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}
