using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Voltwright.Jq;

public readonly partial struct JsonValue
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <exception cref="JsonFormatException">The text is not one JSON value.</exception>
    public static JsonValue Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <exception cref="JsonFormatException">The text is not one JSON value.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            reader.Read();
            var value = Read(ref reader);
            return reader.Read() ? throw new JsonFormatException("More than one JSON value.", 0, 0) : value;
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(e.Message, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }
    }

    /// <summary>The value as compact JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    internal string ToString(int enough) => ToString();

    /// <summary>Prints within a limit in bytes.</summary>
    internal bool TryPrint(long limit, out string text)
    {
        text = ToString();
        return text.Length <= limit;
    }

    public string ToIndentedString() => Encoding.UTF8.GetString(Write(Indented).WrittenSpan);

    public byte[] ToUtf8() => Write(Compact).WrittenSpan.ToArray();

    public void WriteTo(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, Compact);
        Write(writer);
    }

    /// <summary>A number as it is written; its text is kept where a double would print otherwise.</summary>
    internal static JsonValue FromNumberText(string text) => text[0] == '-'
        ? JsonNumber.Literal(text.AsSpan(1), negative: true)
        : JsonNumber.Literal(text, negative: false);

    internal static JsonValue FromBig(BigNumber big, double number) => new(big, number);

    /// <summary>The number with the other sign, its text kept.</summary>
    internal JsonValue Negate() => _content is BigNumber big
        ? new JsonValue(new BigNumber(big.Text[0] == '-' ? big.Text[1..] : "-" + big.Text), -_number)
        : (JsonValue)(-_number);

    private static JsonValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return default;
            case JsonTokenType.True: return True;
            case JsonTokenType.False: return False;
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return FromNumberText(Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.StartArray:
                var items = new List<JsonValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader));
                return JsonArray.From(items);
            default:
                var members = new JsonObject.Builder();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    members.Set(key, Read(ref reader));
                }

                return members.ToObject();
        }
    }

    private ArrayBufferWriter<byte> Write(JsonWriterOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, options);
        Write(writer);
        writer.Flush();
        return output;
    }

    private void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonKind.Null: writer.WriteNullValue(); break;
            case JsonKind.True: writer.WriteBooleanValue(true); break;
            case JsonKind.False: writer.WriteBooleanValue(false); break;
            case JsonKind.String: writer.WriteStringValue((string)_content!); break;
            case JsonKind.Number when _content is BigNumber big: writer.WriteRawValue(big.Text, skipInputValidation: true); break;
            case JsonKind.Number: writer.WriteRawValue(JsonNumber.Format(_number), skipInputValidation: true); break;
            case JsonKind.Array:
                writer.WriteStartArray();
                foreach (var item in AsArray())
                    item.Write(writer);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject();
                foreach (var (key, value) in AsObject())
                {
                    writer.WritePropertyName(key);
                    value.Write(writer);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
