using System.Globalization;
using Voltwright.Jq;

namespace Voltwright.Events;

/// <summary>Makes the envelopes of events that happen here, and checks those that come from outside.</summary>
public sealed class CloudEvents(TimeProvider clock)
{
    private readonly TimeIds _ids = new(clock);

    /// <param name="at">When it happened; null means now.</param>
    /// <param name="id">The sender's own id, where it has one: the same id and source are the same event.</param>
    public JsonValue Create(string type, string source, string? subject, JsonValue data, DateTimeOffset? at = null, string? id = null)
    {
        var envelope = new JsonObject.Builder()
            .Set("specversion", "1.0")
            .Set("id", id ?? _ids.Next())
            .Set("source", source)
            .Set("type", type);
        if (subject is not null)
            envelope.Set("subject", subject);
        return envelope
            .Set("time", FormatTime(at ?? clock.GetUtcNow()))
            .Set("datacontenttype", "application/json")
            .Set("data", data)
            .ToObject();
    }

    /// <summary>
    /// Checks an event from outside. What passes comes back with its extension attributes, without the attributes set to null,
    /// and with a time if it had none.
    /// </summary>
    public CheckedEvent Check(JsonValue envelope)
    {
        var problems = CloudEventRules.FindProblems(envelope);
        if (problems.Count > 0)
            return new CheckedEvent(envelope, problems);
        var kept = new JsonObject.Builder();
        foreach (var (name, value) in envelope.AsObject())
        {
            if (!value.IsNull || name == "data")
                kept.Set(name, value);
        }

        var result = kept.ToObject();
        return new CheckedEvent(result.ContainsKey("time") ? result : result.With("time", FormatTime(clock.GetUtcNow())), []);
    }

    /// <summary>RFC 3339, UTC, with milliseconds.</summary>
    public static string FormatTime(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
