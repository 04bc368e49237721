namespace Voltwright.Jq;

/// <summary>Texts of several JSON values one after the other, with blanks or nothing between them.</summary>
public static class JsonText
{
    /// <summary>All the values, in order; none for a blank text. A byte order mark may come first.</summary>
    /// <exception cref="JsonFormatException">The text holds something that is no JSON value.</exception>
    public static IReadOnlyList<JsonValue> ParseMany(ReadOnlySpan<byte> utf8)
    {
        var values = new List<JsonValue>();
        var reader = new JsonReader(utf8);
        try
        {
            while (reader.More())
                values.Add(reader.Next());
        }
        finally
        {
            reader.Release();
        }

        return values;
    }
}
