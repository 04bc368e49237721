using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Forwarding;

/// <summary>How far the log was sent to one destination, as it is stored.</summary>
/// <param name="Position">Everything up to here is sent, but for the subjects that are behind.</param>
public sealed record ForwardingState(long Position, IReadOnlyList<BehindSubject> Behind)
{
    public const string StreamKind = "forwarding";

    public static string StreamOf(string destination) => $"{StreamKind}/{destination}";

    public byte[] Write()
    {
        JsonValue state = JsonObject.Of(
            ("position", Position), ("behind", JsonArray.From(Behind.Select(b => (JsonValue)b.ToJson()))));
        return state.ToUtf8();
    }

    public static ForwardingState Read(ReadOnlyMemory<byte> body)
    {
        var state = JsonValue.Parse(body.Span);
        var behind = state["behind"].TryGetArray(out var subjects) ? subjects.Select(BehindSubject.Read).ToList() : [];
        return new ForwardingState(state["position"].TryGetInt64(out var position) ? position : 0, behind);
    }
}

/// <param name="Position">The subject's first event that is not sent.</param>
/// <param name="FailingSince">Null when it is merely late.</param>
/// <param name="Error">What the receiver said last.</param>
public sealed record BehindSubject(string Subject, long Position, DateTimeOffset? FailingSince, int Failures, string? Error)
{
    public JsonObject ToJson() => JsonObject.Of(
        ("subject", Subject), ("position", Position), ("failures", Failures), ("error", Error),
        ("failingSince", FailingSince is { } since ? CloudEvents.FormatTime(since) : null));

    public static BehindSubject Read(JsonValue json) => new(
        json["subject"].AsString(), json["position"].TryGetInt64(out var position) ? position : 0,
        Automation.RunDocument.ReadTime(json["failingSince"]), json["failures"].TryGetInt64(out var failures) ? (int)failures : 0,
        json["error"].TryGetString(out var error) ? error : null);
}
