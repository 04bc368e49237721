using System.Text.Json;
using System.Text.Json.Serialization;
using Voltwright.Events;

namespace Voltwright.Forwarding.Webhooks;

/// <summary>A receiver of events over HTTP. Its secrets are in this record and the store only; the API shows a view without them.</summary>
/// <param name="After">Events of the log up to here are not sent.</param>
/// <param name="OldSecret">Signs as well until <paramref name="OldSecretUntil"/>.</param>
/// <param name="Note">Why the server paused it; null when a person did.</param>
[GenerateSerializer, Immutable]
public sealed record Webhook(
    string Id, string Url, string? Description, IReadOnlyList<string> Types, IReadOnlyList<string> Subjects, WebhookMode Mode,
    WebhookStatus Status, ForwardingPolicy Policy, string Secret, DateTimeOffset CreatedAt, long After,
    string? OldSecret = null, DateTimeOffset? OldSecretUntil = null, string? Note = null)
{
    public const string StreamKind = "webhook";

    /// <summary>What its progress, deliveries and dead letters are kept under.</summary>
    [JsonIgnore]
    public string Destination => DestinationOf(Id);

    [JsonIgnore]
    public EventFilter Filter => new(Types, Subjects);

    public static string StreamOf(string id) => $"{StreamKind}/{id}";

    public static string DestinationOf(string id) => $"webhook-{id}";

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, WebhookJson.Default.Webhook);

    public static Webhook Read(ReadOnlyMemory<byte> body) => JsonSerializer.Deserialize(body.Span, WebhookJson.Default.Webhook)!;

    // A record prints its members; these must never get into a log.
    public override string ToString() => $"webhook {Id}";
}

/// <summary>How an event is put into a request.</summary>
[GenerateSerializer]
public enum WebhookMode
{
    /// <summary>The whole event is the body, and signed.</summary>
    Structured,

    /// <summary>The data is the body, and signed; the attributes are headers, which the signature does not cover.</summary>
    Binary,
}

[GenerateSerializer]
public enum WebhookStatus
{
    Active,
    Paused,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Webhook))]
internal sealed partial class WebhookJson : JsonSerializerContext;
