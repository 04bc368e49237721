using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Automation;

/// <summary>That a run listens, as it is stored beside the run for as long as it does: what is looked for at a start.</summary>
/// <param name="Types">Null: every type.</param>
/// <param name="After">Where in the log to begin again after every restart; null when the run has had all that the dispatcher has seen.</param>
internal sealed record RunSubscription(string Run, IReadOnlyList<string>? Types, long? After)
{
    public const string StreamKind = "subscription";

    public StreamWrite Begin()
    {
        var json = new JsonObject.Builder();
        if (Types is not null)
            json.Set("types", JsonArray.From(Types.Select(t => (JsonValue)t)));
        if (After is { } after)
            json.Set("after", after);
        return new StreamWrite(StreamOf(Run), 0, ((JsonValue)json.ToObject()).ToUtf8());
    }

    public static StreamWrite End(string run) => new(StreamOf(run), 1, null);

    public static RunSubscription Read(ListedState stored) => Read(StreamName.IdOf(stored.Stream), stored.Body);

    public static RunSubscription Read(string run, ReadOnlyMemory<byte> body)
    {
        var json = JsonValue.Parse(body.Span);
        return new RunSubscription(
            run,
            json["types"].TryGetArray(out var types) ? [.. types.Select(t => t.AsString())] : null,
            json["after"].TryGetInt64(out var after) ? after : null);
    }

    public static string StreamOf(string run) => $"{StreamKind}/{run}";
}
