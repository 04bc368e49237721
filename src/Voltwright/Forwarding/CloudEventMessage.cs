using System.Globalization;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Forwarding;

/// <summary>An event as a message of HTTP, MQTT or Kafka carries it: structured, or its attributes beside its data.</summary>
/// <remarks>CloudEvents 1.0.2: JSON Event Format, section 3; HTTP, MQTT and Kafka Protocol Bindings, sections 3.1 and 3.2.</remarks>
public sealed record CloudEventMessage(byte[] Body, string? ContentType, IReadOnlyList<(string Name, string Value)> Attributes)
{
    public const string StructuredType = "application/cloudevents+json";

    /// <summary>The whole event is the body.</summary>
    public static CloudEventMessage Structured(JsonValue envelope) => new(envelope.ToUtf8(), $"{StructuredType}; charset=utf-8", []);

    /// <summary>The data is the body; the other attributes stand beside it, as text.</summary>
    public static CloudEventMessage Binary(JsonValue envelope)
    {
        var attributes = new List<(string, string)>();
        foreach (var (name, value) in envelope.AsObject())
        {
            if (name is not ("data" or "data_base64" or "datacontenttype") && !value.IsNull)
                attributes.Add((name, TextOf(value)));
        }

        var type = envelope["datacontenttype"].TryGetString(out var given) ? given : null;
        return new CloudEventMessage(DataOf(envelope, type), type ?? (envelope["data"].IsNull ? null : "application/json"), attributes);
    }

    /// <summary>What a header of HTTP may not carry as it is.</summary>
    /// <remarks>HTTP Protocol Binding, section 3.1.3.2: space, quote, percent and all but printable ASCII.</remarks>
    public static string Percent(string value)
    {
        if (value.All(c => c is > ' ' and < '\x7f' and not ('"' or '%')))
            return value;
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is > (byte)' ' and < 0x7f and not ((byte)'"' or (byte)'%'))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }

    private static string TextOf(JsonValue value) => value.TryGetString(out var text) ? text : value.ToString();

    private static byte[] DataOf(JsonValue envelope, string? type)
    {
        if (envelope["data_base64"].TryGetString(out var base64))
            return Convert.FromBase64String(base64);
        var data = envelope["data"];
        if (data.IsNull)
            return [];
        return data.TryGetString(out var text) && type is not null && !IsJson(type) ? Encoding.UTF8.GetBytes(text) : data.ToUtf8();
    }

    private static bool IsJson(string type)
    {
        var media = type.Split(';', 2)[0].Trim();
        return media.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
