using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Voltwright.Ocpp.Frames;

/// <summary>Writes frames as UTF-8.</summary>
public static class FrameWriter
{
    /// <summary>OCPP 2.x bounds the description of a CALLERROR, and 1.6 stations have small buffers.</summary>
    public const int MaxDescriptionLength = 255;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes <c>[2, id, action, payload]</c>.</summary>
    public static ReadOnlyMemory<byte> Call(string id, string action, Action<Utf8JsonWriter> payload) => Named(2, id, action, payload);

    /// <summary>Writes <c>[3, id, payload]</c>.</summary>
    public static ReadOnlyMemory<byte> Result(string id, Action<Utf8JsonWriter> payload) => Write(3, id, payload);

    /// <summary>Writes <c>[4, id, code, description, details]</c>; a long description is cut, absent details are <c>{}</c>.</summary>
    public static ReadOnlyMemory<byte> Error(string id, string code, string description, JsonElement? details = null) =>
        Error(4, id, code, description, details);

    /// <summary>Writes <c>[5, id, code, description, details]</c>. OCPP 2.1 only.</summary>
    public static ReadOnlyMemory<byte> ResultError(string id, string code, string description, JsonElement? details = null) =>
        Error(5, id, code, description, details);

    /// <summary>Writes <c>[6, id, action, payload]</c>. OCPP 2.1 only.</summary>
    public static ReadOnlyMemory<byte> Send(string id, string action, Action<Utf8JsonWriter> payload) =>
        Named(6, id, action, payload);

    static ReadOnlyMemory<byte> Named(int type, string id, string action, Action<Utf8JsonWriter> payload) => Write(type, id, writer =>
    {
        writer.WriteStringValue(action);
        payload(writer);
    });

    static ReadOnlyMemory<byte> Error(
        int type, string id, string code, string description, JsonElement? details) => Write(type, id, writer =>
    {
        writer.WriteStringValue(code);
        writer.WriteStringValue(Cut(description));
        if (details is { ValueKind: not JsonValueKind.Undefined } given)
        {
            given.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteEndObject();
    });

    static ReadOnlyMemory<byte> Write(int type, string id, Action<Utf8JsonWriter> rest)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(bytes, Options);
        writer.WriteStartArray();
        writer.WriteNumberValue(type);
        writer.WriteStringValue(id);
        rest(writer);
        writer.WriteEndArray();
        writer.Flush();
        return bytes.WrittenMemory;
    }

    static string Cut(string text)
    {
        if (text.Length <= MaxDescriptionLength) return text;
        var end = char.IsHighSurrogate(text[MaxDescriptionLength - 2]) ? MaxDescriptionLength - 2 : MaxDescriptionLength - 1;
        return text[..end] + "…";
    }
}
