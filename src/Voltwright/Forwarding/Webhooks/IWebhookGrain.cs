namespace Voltwright.Forwarding.Webhooks;

/// <summary>One webhook; the key is its id. It is the single writer of the webhook, and the one who sends its events.</summary>
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Null when it is not known.</summary>
    Task<Webhook?> Get();

    /// <summary>The known one when it was added before: adding is idempotent.</summary>
    Task<Outcome<Webhook>> Add(Webhook webhook);

    Task<Outcome<Webhook>> Change(WebhookChange change);

    Task<Outcome<Webhook>> Remove();

    /// <summary>Events wait in the log meanwhile.</summary>
    /// <param name="note">Why, when it is the server that pauses it.</param>
    Task<Outcome<Webhook>> Pause(string? note);

    Task<Outcome<Webhook>> Resume();

    /// <summary>From now on another secret signs; the old one signs as well for that long.</summary>
    Task<Outcome<Webhook>> ChangeSecret(string secret, TimeSpan oldValidFor);

    /// <summary>Tries dead letters once more; of several, those that are there no more are passed by.</summary>
    Task<Outcome<Webhook>> Replay(IReadOnlyList<long> positions);

    /// <summary>Sends what there is to send, if nobody does so yet.</summary>
    Task Wake();
}

/// <summary>What is absent stays.</summary>
[GenerateSerializer, Immutable]
public sealed record WebhookChange(
    string? Url, string? Description, IReadOnlyList<string>? Types, IReadOnlyList<string>? Subjects, WebhookMode? Mode, ForwardingPolicy? Policy);
