using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Voltwright.Ocpp.Payloads;

/// <summary>A payload to begin with: the fields that its shape requires, with values that conform and mean little.</summary>
public static class PayloadSample
{
    /// <param name="now">What stands in fields that hold a time.</param>
    public static JsonElement Of(PayloadShape shape, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
            Object(writer, shape, now);
        return JsonElement.Parse(output.WrittenSpan);
    }

    static void Object(Utf8JsonWriter writer, PayloadShape shape, DateTimeOffset now)
    {
        writer.WriteStartObject();
        foreach (var field in shape.Fields.Where(field => field.IsRequired))
        {
            writer.WritePropertyName(field.Name);
            Value(writer, field.Value, now);
        }

        writer.WriteEndObject();
    }

    static void Value(Utf8JsonWriter writer, PayloadValue value, DateTimeOffset now)
    {
        switch (value)
        {
            case PayloadValue.Text: writer.WriteStringValue(""); break;
            case PayloadValue.Address: writer.WriteStringValue("https://example.com/"); break;
            case PayloadValue.Integer integer: writer.WriteNumberValue(Math.Clamp(1, integer.Minimum, integer.Maximum)); break;
            case PayloadValue.Number number: writer.WriteNumberValue(Math.Clamp(1, number.Minimum, number.Maximum)); break;
            case PayloadValue.Truth: writer.WriteBooleanValue(true); break;
            case PayloadValue.Time: writer.WriteStringValue(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)); break;
            case PayloadValue.Choice choice: writer.WriteStringValue(choice.Names.First()); break;
            case PayloadValue.Nested nested: Object(writer, nested.Shape, now); break;
            case PayloadValue.List list:
                writer.WriteStartArray();
                for (var i = 0; i < Math.Max(list.Minimum, 1); i++) Value(writer, list.Item, now);
                writer.WriteEndArray();
                break;
            case PayloadValue.Anything: writer.WriteNullValue(); break;
            default: throw new InvalidOperationException($"{value} has no sample");
        }
    }
}
