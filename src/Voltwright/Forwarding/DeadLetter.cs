using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Forwarding;

/// <summary>An event that a destination did not take, kept until somebody replays or discards it.</summary>
/// <param name="Event">The CloudEvent, whole.</param>
public sealed record DeadLetter(
    string Destination, long Position, string? Subject, DateTimeOffset At, string Reason, int? Status, int Failures, JsonValue Event)
{
    public const string StreamKind = "dead-letter";

    public static string StreamOf(string destination, long position) => $"{StreamKind}/{destination}/{position}";

    public string Stream => StreamOf(Destination, Position);

    public StoredEvent ToEvent() => new(Position, Event);

    public byte[] Write()
    {
        JsonValue letter = JsonObject.Of(
            ("destination", Destination), ("position", Position), ("subject", Subject), ("at", CloudEvents.FormatTime(At)),
            ("reason", Reason), ("status", Status is { } status ? status : JsonValue.Null), ("failures", Failures), ("event", Event));
        return letter.ToUtf8();
    }

    public static DeadLetter Read(ReadOnlyMemory<byte> body)
    {
        var letter = JsonValue.Parse(body.Span);
        return new DeadLetter(
            letter["destination"].AsString(), letter["position"].TryGetInt64(out var position) ? position : 0,
            letter["subject"].TryGetString(out var subject) ? subject : null, Automation.RunDocument.ReadTime(letter["at"])!.Value,
            letter["reason"].AsString(), letter["status"].TryGetInt64(out var status) ? (int)status : null,
            letter["failures"].TryGetInt64(out var failures) ? (int)failures : 0, letter["event"]);
    }
}
