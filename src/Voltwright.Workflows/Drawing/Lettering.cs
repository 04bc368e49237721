namespace Voltwright.Workflows.Drawing;

/// <summary>A style of text with its measures. Widths come from a table, so that a picture is the same on every machine.</summary>
/// <param name="Class">The class of the style sheet.</param>
/// <param name="Size">Of the font, in pixels.</param>
/// <param name="LineHeight">From baseline to baseline, in pixels.</param>
public sealed record Lettering(string Class, double Size, double LineHeight, double Stretch, bool Monospaced)
{
    // Advance widths of a common sans serif from space to ~, in thousandths of the size.
    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static Lettering Name { get; } = new("n", 14, 18, 1.16, false);

    public static Lettering Kind { get; } = new("k", 10.5, 15, 1.18, false);

    public static Lettering Note { get; } = new("o", 11.5, 15, 1.12, false);

    public static Lettering Run { get; } = new("r", 11.5, 15, 1.16, false);

    public static Lettering Code { get; } = new("c", 11, 15, 1, true);

    /// <summary>In pixels; a little generous, since the reader's font is not known.</summary>
    public double Measure(string text)
    {
        var sum = 0.0;
        foreach (var rune in text.EnumerateRunes())
            sum += Advance(rune.Value);
        return sum * Size * Stretch / 1000;
    }

    /// <summary>Breaks text where it reads best; the last line allowed ends in … when there is more.</summary>
    public IReadOnlyList<string> Wrap(string text, double width, int lines)
    {
        var rest = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var wrapped = new List<string>();
        while (rest.Length > 0)
        {
            var fits = Fitting(rest, width);
            if (fits == rest.Length)
            {
                wrapped.Add(rest);
                break;
            }

            if (wrapped.Count == lines - 1)
            {
                wrapped.Add(rest[..Fitting(rest, width - Measure("…"))].TrimEnd() + "…");
                break;
            }

            var cut = Break(rest, fits);
            wrapped.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        return wrapped;
    }

    private int Fitting(string text, double width)
    {
        var sum = 0.0;
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            sum += Advance(rune.Value) * Size * Stretch / 1000;
            if (sum > width && index > 0)
                break;
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    // After a space if there is one in the line's second half, else before a mark that starts a part of an address, else anywhere.
    private static int Break(string text, int fits)
    {
        var space = text.LastIndexOf(' ', fits, fits);
        if (space > fits / 3)
            return space;
        for (var i = fits; i > fits / 3; i--)
        {
            if (text[i] is '/' or '.' or '-' or '?' or '&' or '{' || (char.IsUpper(text[i]) && char.IsLower(text[i - 1])))
                return i;
        }

        return fits;
    }

    private double Advance(int rune) => rune switch
    {
        >= 0x1100 => 1000 / (Stretch > 1 ? 1.1 : 1),
        _ when Monospaced => 604,
        >= ' ' and <= '~' => Widths[rune - ' '],
        _ => 600,
    };
}
