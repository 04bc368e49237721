namespace Voltwright.Workflows.Drawing;

/// <summary>Something drawn with a border: a task, a region around tasks, a case of a switch, where a flow ends.</summary>
/// <param name="Shape">How the border looks.</param>
/// <param name="Tone">The family of colours, a class of the style sheet: <c>call</c>, <c>switch</c>, <c>catch</c>.</param>
/// <param name="Pointer">JSON pointer of the task; null when it is no task.</param>
/// <param name="Text">Lines in it, placed relative to its corner.</param>
/// <param name="Title">What a pointing device or a screen reader is told.</param>
public sealed class Box(BoxShape shape, string tone, string? pointer, double width, double height, IReadOnlyList<TextLine> text, string title)
{
    public BoxShape Shape => shape;

    public string Tone => tone;

    public string? Pointer => pointer;

    public IReadOnlyList<TextLine> Text => text;

    public string Title { get; internal set; } = title;

    public Rect Area { get; private set; } = new(0, 0, width, height);

    /// <summary>The region it is in; null at the outermost level.</summary>
    public Box? Parent { get; internal set; }

    /// <summary>Null without a run on the picture.</summary>
    public BoxFate? Fate { get; internal set; }

    /// <summary>When in the run the task began, from 1; null when it did not.</summary>
    public int? Step { get; internal set; }

    internal void Move(double dx, double dy) => Area = Area.Moved(dx, dy);
}

public enum BoxShape
{
    /// <summary>A task.</summary>
    Card,

    /// <summary>A task that chooses.</summary>
    Decision,

    /// <summary>A region with other boxes in it.</summary>
    Frame,

    /// <summary>A part of a region.</summary>
    Panel,

    /// <summary>A case of a switch.</summary>
    Pill,

    /// <summary>Where a flow begins.</summary>
    Start,

    /// <summary>Where a flow ends, or a word about where it goes.</summary>
    Stop,

    /// <summary>Where flows part or meet.</summary>
    Dot,
}

/// <summary>What became of a box in a run.</summary>
public enum BoxFate
{
    Untouched,
    Done,
    Skipped,
    UnderWay,

    /// <summary>Failed, and the run went on.</summary>
    Caught,

    /// <summary>Failed, and the run with it.</summary>
    Failed,
}

/// <param name="X">From the box's left border.</param>
/// <param name="Y">Of the baseline, from the box's top border.</param>
public sealed record TextLine(string Text, double X, double Y, Lettering Lettering);
