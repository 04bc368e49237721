using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Voltwright.Jq;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>
/// Protobuf → JSON by the ProtoJSON mapping, for messages known by their descriptors only. A field without presence is written even when it
/// has its default, so that <c>.available == false</c> means what it says.
/// </summary>
internal static class MessageReader
{
    public static JsonValue Read(MessageDescriptor message, ByteString bytes)
    {
        if (WellKnown.Read(bytes, message, out var known))
            return known;
        var values = new Dictionary<int, List<JsonValue>>();
        using var input = bytes.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (message.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag)) is not { } field || field.FieldType == FieldType.Group)
                input.SkipLastField();
            else
                ReadInto(values, field, input, WireFormat.GetTagWireType(tag));
        }

        var json = new JsonObject.Builder();
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (values.TryGetValue(field.FieldNumber, out var found))
                json.Set(field.JsonName, Whole(field, found));
            else if (!field.HasPresence)
                json.Set(field.JsonName, Default(field));
        }

        return json.ToObject();
    }

    private static void ReadInto(Dictionary<int, List<JsonValue>> values, FieldDescriptor field, CodedInputStream input, WireFormat.WireType wire)
    {
        // Of a oneof the last one on the wire counts.
        foreach (var other in field.ContainingOneof?.Fields ?? [])
        {
            if (other.FieldNumber != field.FieldNumber)
                values.Remove(other.FieldNumber);
        }

        if (!values.TryGetValue(field.FieldNumber, out var list))
            values[field.FieldNumber] = list = [];
        if (wire != WireFormat.WireType.LengthDelimited || field.FieldType is FieldType.String or FieldType.Bytes or FieldType.Message)
        {
            list.Add(Single(field, input));
            return;
        }

        using var packed = input.ReadBytes().CreateCodedInput();
        while (!packed.IsAtEnd)
            list.Add(Single(field, packed));
    }

    private static JsonValue Whole(FieldDescriptor field, List<JsonValue> found)
    {
        if (field.IsMap)
        {
            var map = new JsonObject.Builder();
            foreach (var entry in found)
                map.Set(entry["key"].TryGetString(out var key) ? key : entry["key"].ToString(), entry["value"]);
            return map.ToObject();
        }

        return field.IsRepeated ? JsonArray.From(found) : found[^1];
    }

    private static JsonValue Default(FieldDescriptor field) => field switch
    {
        { IsMap: true } => JsonObject.Empty,
        { IsRepeated: true } => JsonArray.Empty,
        { FieldType: FieldType.Message } => default,
        { FieldType: FieldType.Bool } => false,
        { FieldType: FieldType.String or FieldType.Bytes } => "",
        { FieldType: FieldType.Enum } => field.EnumType.FindValueByNumber(0)?.Name ?? (JsonValue)0,
        { FieldType: FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 or FieldType.UInt64 or FieldType.Fixed64 } => "0",
        _ => 0,
    };

    private static JsonValue Single(FieldDescriptor field, CodedInputStream input)
    {
        switch (field.FieldType)
        {
            case FieldType.Double: return Real(input.ReadDouble());
            case FieldType.Float: return Real(double.Parse(input.ReadFloat().ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            case FieldType.Int32: return input.ReadInt32();
            case FieldType.SInt32: return input.ReadSInt32();
            case FieldType.SFixed32: return input.ReadSFixed32();
            case FieldType.UInt32: return (long)input.ReadUInt32();
            case FieldType.Fixed32: return (long)input.ReadFixed32();
            case FieldType.Int64: return input.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case FieldType.SInt64: return input.ReadSInt64().ToString(CultureInfo.InvariantCulture);
            case FieldType.SFixed64: return input.ReadSFixed64().ToString(CultureInfo.InvariantCulture);
            case FieldType.UInt64: return input.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            case FieldType.Fixed64: return input.ReadFixed64().ToString(CultureInfo.InvariantCulture);
            case FieldType.Bool: return input.ReadBool();
            case FieldType.String: return input.ReadString();
            case FieldType.Bytes: return input.ReadBytes().ToBase64();
            case FieldType.Enum:
                var number = input.ReadEnum();
                return field.EnumType.FindValueByNumber(number)?.Name ?? (JsonValue)number;
            default:
                var bytes = input.ReadBytes();
                return field.IsMap ? Entry(field.MessageType, bytes) : Read(field.MessageType, bytes);
        }
    }

    // What an entry leaves out has its default, messages too.
    private static JsonObject Entry(MessageDescriptor entry, ByteString bytes)
    {
        JsonValue Part(FieldDescriptor field, JsonValue found) => !found.IsNull ? found
            : field.FieldType == FieldType.Message ? Read(field.MessageType, ByteString.Empty) : Default(field);
        var read = Read(entry, bytes);
        return JsonObject.Of(("key", Part(entry.FindFieldByNumber(1), read["key"])), ("value", Part(entry.FindFieldByNumber(2), read["value"])));
    }

    private static JsonValue Real(double value) =>
        double.IsFinite(value) ? value : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
