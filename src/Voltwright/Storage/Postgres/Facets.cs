using System.Text;
using System.Text.Json;

namespace Voltwright.Storage.Postgres;

/// <summary>What lists filter by, out of a state's text.</summary>
internal readonly record struct Facets(string? Status, string? Station, string? Card, string? Session, string? Workflow)
{
    /// <summary>Longer values stand in no index; nothing that is filtered by comes near.</summary>
    private const int LongestBytes = 512;

    /// <summary>The column that stands for a path; null when the text itself must be asked.</summary>
    public static string? ColumnOf(string path) => path switch
    {
        "status" => "status",
        "stationId" => "station",
        "cardId" => "card",
        "sessionId" => "session",
        "workflow.name" => "workflow",
        _ => null,
    };

    public static Facets Read(ReadOnlySpan<byte> json)
    {
        var facets = default(Facets);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return facets;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("status"u8))
                facets = facets with { Status = Value(ref reader) };
            else if (reader.ValueTextEquals("stationId"u8))
                facets = facets with { Station = Value(ref reader) };
            else if (reader.ValueTextEquals("cardId"u8))
                facets = facets with { Card = Value(ref reader) };
            else if (reader.ValueTextEquals("sessionId"u8))
                facets = facets with { Session = Value(ref reader) };
            else if (reader.ValueTextEquals("workflow"u8))
                facets = facets with { Workflow = Name(ref reader) };
            else
                reader.Skip();
        }

        return facets;
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                name = Value(ref reader);
            else
                reader.Skip();
        }

        return name;
    }

    private static string? Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueSpan.Length <= LongestBytes => Printable(reader.GetString()!),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
        reader.Skip();
        return text;
    }

    // PostgreSQL's texts hold no NUL.
    private static string? Printable(string text) => text.Contains('\0', StringComparison.Ordinal) ? null : text;
}
