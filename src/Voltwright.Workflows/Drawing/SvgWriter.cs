using System.Globalization;
using System.Text;

namespace Voltwright.Workflows.Drawing;

/// <summary>Writes a scene as SVG: the same scene gives the same text, byte for byte.</summary>
internal sealed class SvgWriter
{
    private const double Corner = 8;
    private const double HeadLength = 7;

    private readonly StringBuilder _svg = new();

    private SvgWriter()
    {
    }

    public static string Write(Scene scene)
    {
        var writer = new SvgWriter();
        writer.Document(scene);
        return writer._svg.ToString();
    }

    private void Document(Scene scene)
    {
        var (width, height) = (Math.Ceiling(scene.Width), Math.Ceiling(scene.Height));
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" viewBox="0 0 {N(width)} {N(height)}" width="{N(width)}" height="{N(height)}">""");
        Line($"<title>{Escape(scene.Title)}</title>");
        Line($"<desc>{Escape(scene.Description)}</desc>");
        Line($"<style>{Escape(StyleSheet.Text.ReplaceLineEndings("\n"))}</style>");
        Line("""<rect class="paper" width="100%" height="100%"/>""");
        foreach (var box in scene.Boxes.Where(IsRegion))
            Draw(box);
        // What the run did lies on top of what it did not.
        foreach (var arrow in scene.Arrows.OrderBy(a => a.Taken == true))
            Draw(arrow);
        foreach (var box in scene.Boxes.Where(b => !IsRegion(b)))
            Draw(box);
        Line("</svg>");
    }

    private static bool IsRegion(Box box) => box.Shape is BoxShape.Frame or BoxShape.Panel;

    private void Draw(Box box)
    {
        var area = box.Area;
        Line($"""<g class="{Class(box.Shape)} {box.Tone}{Class(box.Fate)}"><title>{Escape(box.Title)}</title>""");
        Line(box.Shape switch
        {
            BoxShape.Decision => $"""<path class="edge" d="{Hexagon(area)}"/>""",
            BoxShape.Dot => $"""<circle class="edge" cx="{N(area.X + (area.Width / 2))}" cy="{N(area.Y + (area.Height / 2))}" r="{N(area.Width / 2)}"/>""",
            _ => $"""<rect class="edge" x="{N(area.X)}" y="{N(area.Y)}" width="{N(area.Width)}" height="{N(area.Height)}" rx="{N(Radius(box))}"/>""",
        });
        if (box.Shape == BoxShape.Card)
            Line($"""<rect class="bar" x="{N(area.X + 5)}" y="{N(area.Y + 9)}" width="3.2" height="{N(area.Height - 18)}" rx="1.6"/>""");
        foreach (var (line, index) in box.Text.Select((l, i) => (l, i)))
        {
            if (index == 0 && line.Lettering == Lettering.Kind && Icons.Of(box.Tone) is { } icon)
                Line($"""<path class="icon" transform="translate({N(area.X + line.X - 18)} {N(area.Y + line.Y - 10.5)})" d="{icon}"/>""");
            Line($"""<text class="{line.Lettering.Class}" x="{N(area.X + line.X)}" y="{N(area.Y + line.Y)}">{Escape(line.Text)}</text>""");
        }

        if (box.Step is { } step)
            Step(box, step);
        Line("</g>");
    }

    private void Step(Box box, int step)
    {
        var text = step.ToString(CultureInfo.InvariantCulture);
        var half = 9 + (3 * (text.Length - 1));
        var (x, y) = box.Shape == BoxShape.Decision ? (box.Area.Right - half - 12, box.Area.Y) : (box.Area.Right - half - 8, box.Area.Y + 17);
        Line($"""<rect class="step" x="{N(x - half)}" y="{N(y - 9)}" width="{N(half * 2)}" height="18" rx="9"/>""");
        Line($"""<text class="s" x="{N(x)}" y="{N(y + 3.8)}">{text}</text>""");
    }

    private void Draw(Arrow arrow)
    {
        var taken = arrow.Taken switch { true => " taken", false => " missed", null => "" };
        var points = Simplified(arrow.Points);
        var path = Rounded(Shortened(points, arrow.To.Shape == BoxShape.Dot ? 0 : HeadLength - 1));
        Line($"""<g class="{(arrow.Kind == ArrowKind.Caught ? "error" : "go")}{taken}"><path class="way" d="{path}"/>""");
        if (arrow.To.Shape != BoxShape.Dot)
            Line($"""<path class="head" d="{Head(points[^2], points[^1])}"/>""");
        if (arrow.Title is { } title)
            Line($"""<path class="hover" d="{path}"><title>{Escape(title)}</title></path>""");
        Line("</g>");
    }

    private static List<Point> Simplified(IReadOnlyList<Point> points)
    {
        List<Point> kept = [points[0]];
        for (var i = 1; i < points.Count; i++)
        {
            if (i + 1 < points.Count && OnOneLine(kept[^1], points[i], points[i + 1]))
                continue;
            if (i + 1 == points.Count || points[i] != kept[^1])
                kept.Add(points[i]);
        }

        return kept;
    }

    private static bool OnOneLine(Point a, Point b, Point c) =>
        (Math.Abs(a.X - b.X) < 0.01 && Math.Abs(b.X - c.X) < 0.01) || (Math.Abs(a.Y - b.Y) < 0.01 && Math.Abs(b.Y - c.Y) < 0.01);

    private static List<Point> Shortened(List<Point> points, double by) => [.. points[..^1], Towards(points[^1], points[^2], by)];

    private static Point Towards(Point from, Point to, double distance)
    {
        var length = Math.Abs(to.X - from.X) + Math.Abs(to.Y - from.Y);
        return length == 0 ? from : new Point(from.X + ((to.X - from.X) / length * distance), from.Y + ((to.Y - from.Y) / length * distance));
    }

    private static string Rounded(List<Point> points)
    {
        var path = new StringBuilder($"M{N(points[0])}");
        for (var i = 1; i + 1 < points.Count; i++)
        {
            var room = Math.Min(Distance(points[i - 1], points[i]), Distance(points[i], points[i + 1])) / 2;
            var radius = Math.Min(Corner, room);
            path.Append(CultureInfo.InvariantCulture,
                $"L{N(Towards(points[i], points[i - 1], radius))}Q{N(points[i])} {N(Towards(points[i], points[i + 1], radius))}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"L{N(points[^1])}").ToString();
    }

    private static double Distance(Point a, Point b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static string Head(Point before, Point tip)
    {
        var back = Towards(tip, before, HeadLength);
        var (dx, dy) = Math.Abs(back.X - tip.X) < 0.01 ? (4.5, 0.0) : (0.0, 4.5);
        return $"M{N(tip)}L{N(new Point(back.X - dx, back.Y - dy))}L{N(new Point(back.X + dx, back.Y + dy))}z";
    }

    private static string Hexagon(Rect area)
    {
        var tip = Math.Min(14, area.Height / 3);
        Point[] corners =
        [
            new(area.X + tip, area.Y), new(area.Right - tip, area.Y), new(area.Right, area.Y + (area.Height / 2)),
            new(area.Right - tip, area.Bottom), new(area.X + tip, area.Bottom), new(area.X, area.Y + (area.Height / 2)),
        ];
        return $"M{string.Join('L', corners.Select(N))}z";
    }

    private static double Radius(Box box) => box.Shape switch
    {
        BoxShape.Start => 20,
        BoxShape.Pill => 14,
        BoxShape.Stop => 12,
        BoxShape.Frame => 14,
        _ => 10,
    };

    private static string Class(BoxShape shape) => shape == BoxShape.Start ? "begin" : shape.ToString().ToLowerInvariant();

    private static string Class(BoxFate? fate) => fate switch
    {
        null => "",
        BoxFate.UnderWay => " busy",
        _ => " " + fate.Value.ToString().ToLowerInvariant(),
    };

    private static string N(Point point) => $"{N(point.X)} {N(point.Y)}";

    private static string N(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    // XML knows no control characters, not even escaped ones.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                < ' ' or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private void Line(string text) => _svg.Append(text).Append('\n');
}
