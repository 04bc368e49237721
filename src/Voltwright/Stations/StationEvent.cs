using System.Globalization;
using Voltwright.Jq;

namespace Voltwright.Stations;

/// <summary>The CloudEvent envelopes that tell of a station.</summary>
public static class StationEvent
{
    public static JsonValue Of(string type, string stationId, string id, DateTimeOffset at, JsonObject data)
    {
        var envelope = JsonObject.Of(
            ("specversion", "1.0"),
            ("id", id),
            ("source", $"https://ev-power-supplier.com/stations/{stationId}"),
            ("type", type),
            ("subject", stationId),
            ("time", Time(at)),
            ("datacontenttype", "application/json"),
            ("data", data));

        // CloudEvents' Distributed Tracing extension: what comes of the event belongs to the trace that it came of.
        return Telemetry.Current is { } trace ? envelope.With("traceparent", trace) : envelope;
    }

    public static JsonValue Time(DateTimeOffset? at) =>
        at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>When it happened, as the event says; null when it does not.</summary>
    public static DateTimeOffset? TimeOf(JsonValue envelope) =>
        envelope["time"].TryGetString(out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : null;

    public static JsonValue Number(long? value) => value is { } number ? number : JsonValue.Null;

    /// <summary>An object of the members that have a value.</summary>
    public static JsonObject Data(params ReadOnlySpan<(string Key, JsonValue Value)> members)
    {
        var data = new JsonObject.Builder();
        foreach (var (key, value) in members)
        {
            if (!value.IsNull)
                data.Set(key, value);
        }

        return data.ToObject();
    }
}
