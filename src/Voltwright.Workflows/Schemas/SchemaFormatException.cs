using System.Text.RegularExpressions;
using Voltwright.Jq;

namespace Voltwright.Workflows.Schemas;

/// <summary>The document is no JSON Schema.</summary>
internal sealed class SchemaFormatException(string message) : Exception(message)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    public static string Text(JsonValue value, string keyword) =>
        value.TryGetString(out var text) ? text : throw new SchemaFormatException($"'{keyword}' must be a string, not {value}.");

    public static double Number(JsonValue value, string keyword) =>
        value.IsNumber ? value.AsDouble() : throw new SchemaFormatException($"'{keyword}' must be a number, not {value}.");

    public static JsonArray Items(JsonValue value, string keyword) =>
        value.TryGetArray(out var items) ? items : throw new SchemaFormatException($"'{keyword}' must be a list, not {value}.");

    public static JsonObject Members(JsonValue value, string keyword) =>
        value.TryGetObject(out var members) ? members : throw new SchemaFormatException($"'{keyword}' must be a mapping, not {value}.");

    public static Regex Pattern(JsonValue value, string keyword)
    {
        try
        {
            return new Regex(Text(value, keyword), RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException e)
        {
            throw new SchemaFormatException($"'{keyword}' is no regular expression: {e.Message}");
        }
    }

    /// <summary>A match that takes too long counts as none.</summary>
    public static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
