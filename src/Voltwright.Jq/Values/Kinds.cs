using System.Text;

namespace Voltwright.Jq;

/// <summary>Words for values in error messages, as jq words them.</summary>
internal static class Kinds
{
    /// <summary>How many bytes of a value's text an error message shows (jq 1.8).</summary>
    private const int ExcerptBytes = 29;

    public static string Name(in JsonValue value) => value.Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.False or JsonKind.True => "boolean",
        JsonKind.Number => "number",
        JsonKind.String => "string",
        JsonKind.Array => "array",
        _ => "object",
    };

    /// <summary>The start of the value's text, cut between characters; what was cut shows as an ellipsis and the closing mark.</summary>
    public static string Excerpt(in JsonValue value)
    {
        var text = value.TryGetString(out var whole) && whole.Length > ExcerptBytes * 2
            ? ((JsonValue)whole[..(ExcerptBytes * 2)]).ToString()
            : value.TryPrint(ExcerptBytes * 4, out var start) ? start : start;
        if (Encoding.UTF8.GetByteCount(text) <= ExcerptBytes)
            return text;
        var mark = text[0] switch { '"' => "\"", '[' => "]", '{' => "}", _ => "" };
        var left = ExcerptBytes - 3 - mark.Length;
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
                break;
            kept += rune.Utf16SequenceLength;
        }

        return $"{text[..kept]}...{mark}";
    }
}
