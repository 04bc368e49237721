using System.Text.Json;

namespace Voltwright.Ocpp.Frames;

/// <summary>Reads frames from UTF-8, and from what is no frame recovers the message id so that it can be answered.</summary>
public static class FrameReader
{
    static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>Reads one message. Never throws: whatever is wrong comes back as <see cref="FrameReading.Broken"/>.</summary>
    /// <param name="version">2.1 has two kinds of frames more than its elders.</param>
    public static FrameReading Read(ReadOnlySpan<byte> utf8, OcppVersion version = OcppVersion.V21)
    {
        var head = new Head();
        try
        {
            var reader = new Utf8JsonReader(utf8);
            return ReadHead(ref reader, head) ?? head.Type switch
            {
                2 => ReadCall(ref reader, head, (action, payload) => new Frame.Call(head.Id!, action, payload)),
                3 => ReadResult(ref reader, head),
                4 => ReadError(ref reader, head, (code, text, details) => new Frame.Error(head.Id!, code, text, details)),
                5 when version == OcppVersion.V21 =>
                    ReadError(ref reader, head, (code, text, details) => new Frame.ResultError(head.Id!, code, text, details)),
                6 when version == OcppVersion.V21 =>
                    ReadCall(ref reader, head, (action, payload) => new Frame.Send(head.Id!, action, payload)),
                _ => new FrameReading.Foreign(head.Id, head.Type),
            };
        }
        catch (JsonException unreadable)
        {
            return head.Broken($"not JSON: {unreadable.Message}");
        }
        catch (InvalidOperationException)
        {
            return head.Broken("a text holds half of a surrogate pair");
        }
    }

    /// <summary>Finds the message id in the beginning of a message that is not complete; null when there is none.</summary>
    public static string? RecoverId(ReadOnlySpan<byte> beginning)
    {
        var head = new Head();
        try
        {
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
            ReadHead(ref reader, head);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The id that was read before the unreadable part stands.
        }

        return head.Id;
    }

    static FrameReading? ReadHead(ref Utf8JsonReader reader, Head head)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return head.Broken("a message is a JSON array");
        var typed = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out head.Type);
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) reader.Skip();
        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0) return head.Broken("the message type is missing");
        if (!reader.Read()) return head.Broken("the message ends after its type");
        if (reader.TokenType == JsonTokenType.Number) head.Id = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        if (reader.TokenType != JsonTokenType.String) return head.Broken("the message id is no text");
        head.Id = reader.GetString();
        if (!typed) return head.Broken("the message type is no number");
        return head.Id!.Length > Frame.MaxIdLength ? head.Broken($"the message id is longer than {Frame.MaxIdLength} characters") : null;
    }

    static FrameReading ReadCall(ref Utf8JsonReader reader, Head head, Func<string, JsonElement, Frame> frame)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String) return head.Broken("the action is no text");
        var action = reader.GetString()!;
        head.IsNamed = true;
        if (!TryPayload(ref reader, out var payload)) return head.Broken("the payload is no object");
        return AtEnd(ref reader)
            ? new FrameReading.Whole(frame(action, payload))
            : head.Broken($"a {(head.Type == 2 ? "CALL" : "SEND")} has four elements");
    }

    static FrameReading ReadResult(ref Utf8JsonReader reader, Head head)
    {
        if (!TryPayload(ref reader, out var payload)) return head.Broken("the payload is no object");
        return AtEnd(ref reader)
            ? new FrameReading.Whole(new Frame.Result(head.Id!, payload))
            : head.Broken("a CALLRESULT has three elements");
    }

    // The other end already has a problem: a missing description or details must not hide its code.
    static FrameReading ReadError(ref Utf8JsonReader reader, Head head, Func<string, string, JsonElement, Frame> frame)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String) return head.Broken("the error code is no text");
        var code = reader.GetString()!;
        var (description, details) = ("", Empty);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) description = reader.GetString()!;
            else details = JsonElement.ParseValue(ref reader);
        }

        return reader.Read()
            ? head.Broken("there is something behind the message")
            : new FrameReading.Whole(frame(code, description, details));
    }

    static bool TryPayload(ref Utf8JsonReader reader, out JsonElement payload)
    {
        payload = Empty;
        if (!reader.Read()) return false;
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        payload = JsonElement.ParseValue(ref reader);
        return true;
    }

    static bool AtEnd(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read();

    sealed class Head
    {
        public int Type;
        public string? Id;

        /// <summary>The action was read: what is wrong comes behind it, in the payload.</summary>
        public bool IsNamed;

        public FrameReading.Broken Broken(string description) =>
            new(Id, Type is >= 3 and <= 6, IsNamed ? OcppErrorCode.FormatViolation : OcppErrorCode.RpcFrameworkError, description);
    }
}
