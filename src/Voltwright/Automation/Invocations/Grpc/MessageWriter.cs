using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.Grpc;

/// <summary>JSON → protobuf by the ProtoJSON mapping, for messages known by their descriptors only.</summary>
internal static class MessageWriter
{
    /// <exception cref="InvocationException">The value does not fit the message; names the member.</exception>
    public static byte[] Write(MessageDescriptor message, JsonValue value)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            Message(output, message, value, message.Name);
        return bytes.ToArray();
    }

    private static void Message(CodedOutputStream output, MessageDescriptor message, JsonValue value, string path)
    {
        if (WellKnown.Write(output, message, value, path))
            return;
        if (!value.TryGetObject(out var members))
            throw Misfit(path, $"an object ({message.FullName})", value);
        foreach (var (name, member) in members)
        {
            var field = message.Fields.InFieldNumberOrder().FirstOrDefault(f => f.JsonName == name || f.Name == name)
                ?? throw new InvocationException(
                    InvocationFailure.Validation,
                    $"{path} has no field '{name}'; {message.FullName} has: {string.Join(", ", message.Fields.InFieldNumberOrder().Select(f => f.Name))}.");
            if (!member.IsNull || IsValue(field))
                Field(output, field, member, $"{path}.{name}");
        }
    }

    /// <summary>One field with its tag; lists and maps as often as they have items.</summary>
    public static void Field(CodedOutputStream output, FieldDescriptor field, JsonValue value, string path)
    {
        if (field.IsMap)
        {
            var (key, item) = (field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2));
            foreach (var (name, member) in value.TryGetObject(out var map) ? map : throw Misfit(path, "an object", value))
                Entry(output, field, nested =>
                {
                    Single(nested, key, name, $"{path}.{name}");
                    Single(nested, item, member, $"{path}.{name}");
                });
        }
        else if (field.IsRepeated)
        {
            foreach (var (index, item) in (value.TryGetArray(out var items) ? items : throw Misfit(path, "an array", value)).Index())
                Single(output, field, item, $"{path}[{index}]");
        }
        else
        {
            Single(output, field, value, path);
        }
    }

    private static void Single(CodedOutputStream output, FieldDescriptor field, JsonValue value, string path)
    {
        if (field.FieldType == FieldType.Message)
        {
            Entry(output, field, nested => Message(nested, field.MessageType, value, path));
            return;
        }

        output.WriteTag(field.FieldNumber, WireTypeOf(field.FieldType));
        Scalar(output, field, value, path);
    }

    private static void Entry(CodedOutputStream output, FieldDescriptor field, Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var nested = new CodedOutputStream(bytes, leaveOpen: true))
            write(nested);
        output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void Scalar(CodedOutputStream output, FieldDescriptor field, JsonValue value, string path)
    {
        switch (field.FieldType)
        {
            case FieldType.Double: output.WriteDouble(Real(value, path)); break;
            case FieldType.Float: output.WriteFloat((float)Real(value, path)); break;
            case FieldType.Int32: output.WriteInt32((int)Whole(value, path, int.MinValue, int.MaxValue)); break;
            case FieldType.SInt32: output.WriteSInt32((int)Whole(value, path, int.MinValue, int.MaxValue)); break;
            case FieldType.SFixed32: output.WriteSFixed32((int)Whole(value, path, int.MinValue, int.MaxValue)); break;
            case FieldType.UInt32: output.WriteUInt32((uint)Whole(value, path, 0, uint.MaxValue)); break;
            case FieldType.Fixed32: output.WriteFixed32((uint)Whole(value, path, 0, uint.MaxValue)); break;
            case FieldType.Int64: output.WriteInt64((long)Whole(value, path, long.MinValue, long.MaxValue)); break;
            case FieldType.SInt64: output.WriteSInt64((long)Whole(value, path, long.MinValue, long.MaxValue)); break;
            case FieldType.SFixed64: output.WriteSFixed64((long)Whole(value, path, long.MinValue, long.MaxValue)); break;
            case FieldType.UInt64: output.WriteUInt64((ulong)Whole(value, path, 0, ulong.MaxValue)); break;
            case FieldType.Fixed64: output.WriteFixed64((ulong)Whole(value, path, 0, ulong.MaxValue)); break;
            case FieldType.Bool: output.WriteBool(Truth(value, path)); break;
            case FieldType.String: output.WriteString(value.TryGetString(out var text) ? text : throw Misfit(path, "a string", value)); break;
            case FieldType.Bytes: output.WriteBytes(Bytes(value, path)); break;
            case FieldType.Enum: output.WriteEnum(EnumNumber(field.EnumType, value, path)); break;
            default: throw new InvocationException(InvocationFailure.Configuration, $"{path} is a group, which JSON has no form for.");
        }
    }

    private static bool Truth(JsonValue value, string path) =>
        value == JsonValue.True || (value == JsonValue.False ? false : throw Misfit(path, "a boolean", value));

    private static double Real(JsonValue value, string path) => value switch
    {
        { IsNumber: true } => value.AsDouble(),
        _ when value.TryGetString(out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Misfit(path, "a number", value),
    };

    // Beyond 2^53 a number may come as a string, as the mapping itself writes it.
    private static decimal Whole(JsonValue value, string path, decimal least, decimal most)
    {
        var text = value.TryGetString(out var quoted) ? quoted : value.IsNumber ? value.ToString() : "";
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && decimal.Truncate(number) == number
            ? number : throw Misfit(path, $"a whole number from {least} to {most}", value);
    }

    private static ByteString Bytes(JsonValue value, string path)
    {
        try
        {
            return value.TryGetString(out var text) ? ByteString.FromBase64(text) : throw Misfit(path, "base64 text", value);
        }
        catch (FormatException)
        {
            throw Misfit(path, "base64 text", value);
        }
    }

    private static int EnumNumber(EnumDescriptor type, JsonValue value, string path)
    {
        if (value.TryGetInt64(out var number) && number is >= int.MinValue and <= int.MaxValue)
            return (int)number;
        return value.TryGetString(out var name) && type.FindValueByName(name) is { } known ? known.Number
            : throw Misfit(path, $"one of {string.Join(", ", type.Values.Select(v => v.Name))}", value);
    }

    private static bool IsValue(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, MessageType.FullName: "google.protobuf.Value" } && !field.IsRepeated;

    private static WireFormat.WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireFormat.WireType.Fixed64,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireFormat.WireType.Fixed32,
        FieldType.String or FieldType.Bytes => WireFormat.WireType.LengthDelimited,
        _ => WireFormat.WireType.Varint,
    };

    public static InvocationException Misfit(string path, string wanted, JsonValue value) =>
        new(InvocationFailure.Validation, $"{path} takes {wanted}, not {Shorten(value.ToString())}.");

    private static string Shorten(string text) => text.Length > 80 ? $"{text[..80]}…" : text;
}
