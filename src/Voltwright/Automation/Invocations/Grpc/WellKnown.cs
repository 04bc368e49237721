using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Voltwright.Jq;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>Messages that ProtoJSON writes in a form of their own: times, wrappers, and JSON itself.</summary>
internal static class WellKnown
{
    private static readonly Dictionary<string, MessageParser> Parsers = new(StringComparer.Ordinal)
    {
        ["google.protobuf.Timestamp"] = Timestamp.Parser,
        ["google.protobuf.Duration"] = Duration.Parser,
        ["google.protobuf.FieldMask"] = FieldMask.Parser,
        ["google.protobuf.Struct"] = Struct.Parser,
        ["google.protobuf.Value"] = Value.Parser,
        ["google.protobuf.ListValue"] = ListValue.Parser,
        ["google.protobuf.DoubleValue"] = DoubleValue.Parser,
        ["google.protobuf.FloatValue"] = FloatValue.Parser,
        ["google.protobuf.Int64Value"] = Int64Value.Parser,
        ["google.protobuf.UInt64Value"] = UInt64Value.Parser,
        ["google.protobuf.Int32Value"] = Int32Value.Parser,
        ["google.protobuf.UInt32Value"] = UInt32Value.Parser,
        ["google.protobuf.BoolValue"] = BoolValue.Parser,
        ["google.protobuf.StringValue"] = StringValue.Parser,
        ["google.protobuf.BytesValue"] = BytesValue.Parser,
    };

    /// <summary>False: an ordinary message.</summary>
    public static bool Write(CodedOutputStream output, MessageDescriptor message, JsonValue value, string path)
    {
        if (!Parsers.TryGetValue(message.FullName, out var parser))
            return false;
        try
        {
            // Top-level scalars included, the library reads these forms itself.
            parser.ParseJson(value.ToString()).WriteTo(output);
            return true;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or InvalidOperationException or FormatException)
        {
            throw MessageWriter.Misfit(path, $"a {message.FullName} ({e.Message.TrimEnd('.')})", value);
        }
    }

    /// <summary>False: an ordinary message.</summary>
    public static bool Read(ByteString bytes, MessageDescriptor message, out JsonValue value)
    {
        value = default;
        if (!Parsers.TryGetValue(message.FullName, out var parser))
            return false;
        value = JsonValue.Parse(JsonFormatter.Default.Format(parser.ParseFrom(bytes)));
        return true;
    }
}
