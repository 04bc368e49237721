using System.Text;
using Voltwright.Events;
using Voltwright.Jq;

namespace Voltwright.Server.Events;

/// <summary>CloudEvents 1.0 as HTTP carries them: structured, batched, or binary with <c>ce-</c> headers.</summary>
internal static class CloudEventReader
{
    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";

    /// <exception cref="CloudEventFormatException">No CloudEvent; the message names every attribute that is wrong.</exception>
    public static async Task<IReadOnlyList<JsonValue>> ReadAsync(HttpRequest request, CloudEvents events, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var mediaType = (request.ContentType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant();
        if (mediaType == Batched)
            return Batch(JsonValue.Parse(bytes.Span), events);
        if (request.Headers.ContainsKey("ce-specversion") || request.Headers.ContainsKey("ce-type"))
            return [Check(Binary(request, bytes.Span), events)];
        if (mediaType is Structured or "application/json" or "")
            return JsonValue.Parse(bytes.Span) is { IsArray: true } several ? Batch(several, events)
                : [Check(JsonValue.Parse(bytes.Span), events)];
        throw new CloudEventFormatException(
            "Content-Type", $"Send {Structured}, {Batched}, or ce- headers; '{request.ContentType}' is none of them.");
    }

    private static JsonValue[] Batch(JsonValue batch, CloudEvents events) =>
        batch.TryGetArray(out var items)
            ? [.. items.Select((item, i) => Check(item, events, $"[{i}]"))]
            : throw new CloudEventFormatException("$", "A batch is a JSON array of events.");

    private static JsonValue Check(JsonValue envelope, CloudEvents events, string place = "$")
    {
        var check = events.Check(envelope);
        return check.IsAccepted ? check.Envelope : throw new CloudEventFormatException(place, string.Join(" ", check.Problems));
    }

    private static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase);

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
        else if (IsText(contentType))
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
