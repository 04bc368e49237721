using System.Globalization;
using System.Numerics;

namespace Voltwright.Automation;

/// <summary>Precedence of versions (Semantic Versioning 2.0.0, section 11). Build metadata does not count.</summary>
public sealed class SemanticVersion : IComparer<string>
{
    public static SemanticVersion Order { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, leftPre) = Split(x ?? "");
        var (right, rightPre) = Split(y ?? "");
        var core = ComparePart(left, right);
        if (core != 0 || leftPre == rightPre)
            return core;

        // A version comes after its own pre-releases.
        return leftPre.Length == 0 ? 1 : rightPre.Length == 0 ? -1 : ComparePart(leftPre, rightPre);
    }

    private static (string Core, string PreRelease) Split(string version)
    {
        var text = version.Split('+', 2)[0];
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (text, "") : (text[..dash], text[(dash + 1)..]);
    }

    private static int ComparePart(string left, string right)
    {
        var (l, r) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(l.Length, r.Length); i++)
        {
            if (CompareIdentifier(l[i], r[i]) is var order and not 0)
                return order;
        }

        return l.Length.CompareTo(r.Length);
    }

    private static int CompareIdentifier(string left, string right)
    {
        var leftIsNumber = BigInteger.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var l);
        var rightIsNumber = BigInteger.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var r);
        return (leftIsNumber, rightIsNumber) switch
        {
            (true, true) => l.CompareTo(r),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };
    }
}
