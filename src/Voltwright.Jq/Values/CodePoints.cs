namespace Voltwright.Jq;

/// <summary>jq counts strings in Unicode code points, .NET in UTF-16 units; they differ only where there are surrogates.</summary>
internal static class CodePoints
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    public static int Count(string text) => Count(text.AsSpan());

    public static int Count(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange(FirstSurrogate, LastSurrogate);
        if (first < 0)
            return text.Length;
        var count = first;
        for (var i = first; i < text.Length; i++)
            count += char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? 0 : 1;
        return count;
    }

    /// <summary>The place in UTF-16 units of a code point counted from the start.</summary>
    public static int Offset(ReadOnlySpan<char> text, int codePoints)
    {
        if (text[..Math.Min(text.Length, codePoints)].IndexOfAnyInRange(FirstSurrogate, LastSurrogate) < 0)
            return codePoints;
        var at = 0;
        for (; codePoints > 0; codePoints--)
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        return at;
    }

    public static string Slice(string text, int start, int end)
    {
        var from = Offset(text, start);
        return text.Substring(from, Offset(text.AsSpan(from), end - start));
    }

    /// <summary>Order by code point, which differs from the order of UTF-16 units above U+FFFF.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length.CompareTo(right.Length);
        var (l, r) = (left[same], right[same]);
        if (char.IsSurrogate(l) != char.IsSurrogate(r))
            return char.IsSurrogate(l) ? 1 : -1;
        return l.CompareTo(r);
    }
}
