namespace Voltwright.Jq;

/// <summary>Texts of several JSON values one after the other.</summary>
public static class JsonText
{
    /// <exception cref="JsonFormatException">The text holds something that is no JSON value.</exception>
    public static IEnumerable<JsonValue> ParseMany(ReadOnlyMemory<byte> utf8)
    {
        return [JsonValue.Parse(utf8.Span)];
    }

    /// <summary>What jq's <c>fromjson</c> reads: JSON, and <c>nan</c>.</summary>
    internal static JsonValue ParseLenient(string text) => JsonValue.Parse(text);
}
