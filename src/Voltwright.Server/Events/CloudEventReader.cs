using System.Globalization;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.Server.Events;

/// <summary>CloudEvents 1.0 as HTTP carries them: structured, batched, or binary with <c>ce-</c> headers.</summary>
internal static class CloudEventReader
{
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";
    private static readonly string[] Required = ["specversion", "id", "source", "type"];

    /// <exception cref="CloudEventFormatException">What arrived is no CloudEvent; the message names the attribute.</exception>
    public static async Task<IReadOnlyList<JsonValue>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var mediaType = (request.ContentType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant();
        if (mediaType == Batched)
            return Batch(JsonValue.Parse(bytes.Span));
        if (request.Headers.ContainsKey("ce-specversion") || request.Headers.ContainsKey("ce-type"))
            return [Check(Binary(request, bytes.Span), null)];
        if (mediaType is Structured or "application/json" or "")
            return JsonValue.Parse(bytes.Span) is { IsArray: true } several ? Batch(several) : [Check(JsonValue.Parse(bytes.Span), null)];
        throw new CloudEventFormatException("Content-Type", $"Send {Structured}, {Batched}, or ce- headers; '{request.ContentType}' is none of them.");
    }

    private static JsonValue[] Batch(JsonValue batch) =>
        batch.TryGetArray(out var items)
            ? [.. items.Select((item, i) => Check(item, i))]
            : throw new CloudEventFormatException("$", "A batch is a JSON array of events.");

    private static JsonValue Check(JsonValue envelope, int? place)
    {
        var at = place is { } i ? $"[{i}]." : "";
        if (!envelope.TryGetObject(out var attributes))
            throw new CloudEventFormatException(at.TrimEnd('.'), "A CloudEvent is a JSON object.");
        foreach (var name in Required)
        {
            if (!attributes[name].TryGetString(out var text) || text.Length == 0)
                throw new CloudEventFormatException(at + name, $"A CloudEvent needs '{name}', a string that is not empty.");
        }

        if (attributes["specversion"] != "1.0")
            throw new CloudEventFormatException(at + "specversion", "Only CloudEvents 1.0 are read.");
        foreach (var (name, value) in attributes)
            CheckAttribute(at, name, value);
        return attributes;
    }

    private static void CheckAttribute(string at, string name, JsonValue value)
    {
        if (name is "data" or "data_base64")
            return;
        if (!name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')))
            throw new CloudEventFormatException(at + name, $"'{name}' is no name of an attribute: lower-case letters and digits only.");
        if (value.IsObject || value.IsArray)
            throw new CloudEventFormatException(at + name, $"The attribute '{name}' must be a simple value.");
        if (name == "time" && !(value.TryGetString(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)))
        {
            throw new CloudEventFormatException(at + "time", "'time' must be an RFC 3339 time.");
        }
    }

    private static JsonObject Binary(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var envelope = new JsonObject.Builder();
        foreach (var (name, value) in request.Headers)
        {
            if (name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase))
                envelope.Set(name[3..].ToLowerInvariant(), Uri.UnescapeDataString($"{value}"));
        }

        if (body.IsEmpty)
            return envelope.ToObject();
        var contentType = request.ContentType ?? "application/json";
        envelope.Set("datacontenttype", contentType);
        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
            envelope.Set("data", JsonValue.Parse(body));
        else if (contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase))
            envelope.Set("data", Encoding.UTF8.GetString(body));
        else
            envelope.Set("data_base64", Convert.ToBase64String(body));
        return envelope.ToObject();
    }
}

/// <param name="field">Where, in the envelope.</param>
internal sealed class CloudEventFormatException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
