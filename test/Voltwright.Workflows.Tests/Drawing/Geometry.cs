using Voltwright.Workflows.Drawing;
using Xunit;

namespace Voltwright.Workflows.Tests.Drawing;

/// <summary>What has to hold of every picture.</summary>
internal static class Geometry
{
    private const double Slack = 0.05;

    public static Scene Read(string text, RunTrail? trail = null)
    {
        var reading = WorkflowReader.Read(text, "test.yaml");
        Assert.True(reading.Definition is not null, string.Join('\n', reading.Findings));
        return WorkflowDrawing.Scene(reading.Definition, trail);
    }

    /// <returns>What is wrong with the picture; nothing when it is sound.</returns>
    public static IReadOnlyList<string> Faults(Scene scene) =>
        [.. Overlaps(scene), .. Escapes(scene), .. Words(scene), .. Ends(scene), .. Crossings(scene), .. Mixed(scene)];

    private static IEnumerable<string> Overlaps(Scene scene)
    {
        for (var i = 0; i < scene.Boxes.Count; i++)
        {
            for (var j = i + 1; j < scene.Boxes.Count; j++)
            {
                var (a, b) = (scene.Boxes[i], scene.Boxes[j]);
                if (!IsWithin(a, b) && !IsWithin(b, a) && Shrunk(a.Area).Overlaps(b.Area))
                    yield return $"{a.Title} overlaps {b.Title}";
            }
        }
    }

    private static IEnumerable<string> Escapes(Scene scene)
    {
        var paper = new Rect(0, 0, scene.Width, scene.Height);
        return scene.Boxes.Where(b => !(b.Parent?.Area ?? paper).Contains(Shrunk(b.Area))).Select(b => $"{b.Title} sticks out of {b.Parent?.Title}");
    }

    private static IEnumerable<string> Words(Scene scene) =>
        from box in scene.Boxes
        from line in box.Text
        where line.X < 0 || line.X + line.Lettering.Measure(line.Text) > box.Area.Width + Slack || line.Y < 0 || line.Y > box.Area.Height
        select $"'{line.Text}' sticks out of {box.Title}";

    private static IEnumerable<string> Ends(Scene scene) =>
        from arrow in scene.Arrows
        from end in new[] { (Box: arrow.From, Point: arrow.Points[0]), (Box: arrow.To, Point: arrow.Points[^1]) }
        where !OnBorder(end.Box.Area, end.Point)
        select $"the way from {arrow.From.Title} to {arrow.To.Title} does not touch {end.Box.Title}";

    private static IEnumerable<string> Crossings(Scene scene)
    {
        foreach (var arrow in scene.Arrows)
        {
            foreach (var (start, end) in arrow.Points.Zip(arrow.Points.Skip(1)))
            {
                if (Math.Abs(start.X - end.X) > Slack && Math.Abs(start.Y - end.Y) > Slack)
                    yield return $"the way from {arrow.From.Title} to {arrow.To.Title} is slanted";
                var line = Shrunk(new Rect(Math.Min(start.X, end.X), Math.Min(start.Y, end.Y), Math.Abs(start.X - end.X), Math.Abs(start.Y - end.Y)), -0.01);
                foreach (var box in scene.Boxes.Where(b => Shrunk(b.Area).Overlaps(line) && !IsWithin(arrow.From, b)))
                    yield return $"the way from {arrow.From.Title} to {arrow.To.Title} runs through {box.Title}";
            }
        }
    }

    // Ways may cross, and run together from a common beginning or to a common end; otherwise nobody could tell them apart.
    private static IEnumerable<string> Mixed(Scene scene)
    {
        var lines = scene.Arrows.SelectMany(a => a.Points.Zip(a.Points.Skip(1)).Select(l => (Arrow: a, Start: l.First, End: l.Second))).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            for (var j = i + 1; j < lines.Length; j++)
            {
                var (a, b) = (lines[i], lines[j]);
                if (a.Arrow.From != b.Arrow.From && a.Arrow.To != b.Arrow.To && Shared(a.Start, a.End, b.Start, b.End) > 1)
                    yield return $"the ways {a.Arrow.From.Title}>{a.Arrow.To.Title} and {b.Arrow.From.Title}>{b.Arrow.To.Title} lie on each other";
            }
        }
    }

    private static double Shared(Point a, Point b, Point c, Point d)
    {
        if (Math.Abs(a.X - b.X) < Slack && Math.Abs(c.X - d.X) < Slack && Math.Abs(a.X - c.X) < 1)
            return Math.Min(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y)) - Math.Max(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y));
        if (Math.Abs(a.Y - b.Y) < Slack && Math.Abs(c.Y - d.Y) < Slack && Math.Abs(a.Y - c.Y) < 1)
            return Math.Min(Math.Max(a.X, b.X), Math.Max(c.X, d.X)) - Math.Max(Math.Min(a.X, b.X), Math.Min(c.X, d.X));
        return 0;
    }

    private static bool IsWithin(Box? inner, Box outer)
    {
        while (inner is not null && inner.Parent != outer)
            inner = inner.Parent;
        return inner is not null;
    }

    private static bool OnBorder(Rect area, Point point) =>
        Shrunk(area, -Slack).Contains(new Rect(point.X, point.Y, 0, 0)) && !(Shrunk(area) is var inside
            && point.X > inside.X && point.X < inside.Right && point.Y > inside.Y && point.Y < inside.Bottom);

    private static Rect Shrunk(Rect area, double by = Slack) => new(area.X + by, area.Y + by, area.Width - (2 * by), area.Height - (2 * by));
}
