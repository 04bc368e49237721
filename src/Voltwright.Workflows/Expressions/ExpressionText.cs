namespace Voltwright.Workflows.Expressions;

/// <summary>Telling expressions from text (DSL, Runtime Expressions).</summary>
public static class ExpressionText
{
    /// <summary>Whether the whole text is <c>${ … }</c>.</summary>
    public static bool IsMarked(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length > 3 && trimmed.StartsWith("${") && trimmed[^1] == '}';
    }

    /// <summary>Whether text that is no expression contains what looks like one.</summary>
    public static bool LooksMarked(string text) =>
        text.IndexOf("${", StringComparison.Ordinal) is var start and >= 0 && text.IndexOf('}', start) > start && !IsMarked(text);

    /// <summary>What stands between <c>${</c> and <c>}</c>; text without them as it is.</summary>
    public static string Strip(string text) => IsMarked(text) ? text.Trim()[2..^1].Trim() : text;
}
