using System.Buffers;
using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// An operator's command in the station's own protocol: checked against the schema, its fields in the specification's order.
/// </summary>
public abstract record RawCommand
{
    private RawCommand()
    {
    }

    public sealed record Ready(JsonElement Payload) : RawCommand;

    public sealed record Wrong(string Problems) : RawCommand;

    /// <summary>No such action, or one that only stations send.</summary>
    public sealed record Unknown : RawCommand;

    public static RawCommand Prepare(OcppProtocol protocol, string action, JsonValue payload)
    {
        if (protocol.Find(action) is not { } message || message.Sender == Sender.Station)
            return new Unknown();
        var element = JsonElement.Parse(payload.ToUtf8());
        var problems = message.Request.Check(element, Lenience.None);
        return problems.Count > 0 ? new Wrong(string.Join("; ", problems)) : new Ready(InOrder(element, message.Request));
    }

    private static JsonElement InOrder(JsonElement payload, PayloadShape shape)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
            Write(writer, payload, shape);
        return JsonElement.Parse(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement payload, PayloadShape shape)
    {
        writer.WriteStartObject();
        foreach (var field in shape.Fields)
        {
            if (!payload.TryGetProperty(field.Name, out var value))
                continue;
            writer.WritePropertyName(field.Name);
            Write(writer, value, field.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, PayloadValue kind)
    {
        switch (kind)
        {
            case PayloadValue.Nested nested when value.ValueKind == JsonValueKind.Object:
                Write(writer, value, nested.Shape);
                break;
            case PayloadValue.List list when value.ValueKind == JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, list.Item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
