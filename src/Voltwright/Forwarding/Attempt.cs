using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Forwarding;

/// <summary>One attempt to send one event, for people who ask what happened.</summary>
/// <param name="Outcome"><c>delivered</c>, <c>failed</c>, <c>dead-letter</c>.</param>
/// <param name="Number">From 1; a replay counts from 1 again.</param>
public sealed record Attempt(
    DateTimeOffset At, long Position, string EventId, string EventType, string? Subject, int Number, string Outcome, int? Status,
    long DurationMs, string? Error)
{
    public JsonObject ToJson() => JsonObject.Of(
        ("at", CloudEvents.FormatTime(At)), ("position", Position), ("eventId", EventId), ("eventType", EventType), ("subject", Subject),
        ("number", Number), ("outcome", Outcome), ("status", Status is { } status ? status : JsonValue.Null), ("durationMs", DurationMs),
        ("error", Error));

    public static Attempt Read(JsonValue json) => new(
        Automation.RunDocument.ReadTime(json["at"])!.Value, Whole(json["position"]), json["eventId"].AsString(), json["eventType"].AsString(),
        Text(json["subject"]), (int)Whole(json["number"]), json["outcome"].AsString(),
        json["status"].TryGetInt64(out var status) ? (int)status : null, Whole(json["durationMs"]), Text(json["error"]));

    private static long Whole(JsonValue value) => value.TryGetInt64(out var number) ? number : 0;

    private static string? Text(JsonValue value) => value.TryGetString(out var text) ? text : null;
}
