using Voltwright.Forwarding;
using Voltwright.Forwarding.Webhooks;
using Voltwright.Jq;

namespace Voltwright.Server.Api;

/// <summary>A webhook as people see it: without its secrets, with how far it is.</summary>
/// <param name="Note">Why the server paused it.</param>
/// <param name="Position">Everything in the log up to here was sent, but for what fails.</param>
/// <param name="Lag">Positions of the log that are not looked at, wanted or not.</param>
internal sealed record WebhookView(
    string Id, string Url, string? Description, IReadOnlyList<string> Types, IReadOnlyList<string> Subjects, WebhookMode Mode,
    WebhookStatus Status, string? Note, int Concurrency, double TimeoutSeconds, double GiveUpAfterSeconds, DateTimeOffset CreatedAt,
    DateTimeOffset? OldSecretUntil, long Position, long Lag, IReadOnlyList<BehindSubject> Failing, long DeadLetters)
{
    public static WebhookView Of(Webhook webhook, ForwardingState state, long last, long deadLetters) => new(
        webhook.Id, webhook.Url, webhook.Description, webhook.Types, webhook.Subjects, webhook.Mode, webhook.Status, webhook.Note,
        webhook.Policy.Concurrency, webhook.Policy.Timeout.TotalSeconds, webhook.Policy.GiveUpAfter.TotalSeconds, webhook.CreatedAt,
        webhook.OldSecret is null ? null : webhook.OldSecretUntil, state.Position, Math.Max(0, last - state.Position),
        [.. state.Behind.Where(b => b.FailingSince is not null)], deadLetters);
}

/// <param name="Position">The event's place in the log: its name among the dead letters.</param>
internal sealed record DeadLetterView(
    long Position, string? Subject, DateTimeOffset At, string Reason, int? Status, int Failures, string EventId, JsonValue Event)
{
    public static DeadLetterView Of(DeadLetter letter) => new(
        letter.Position, letter.Subject, letter.At, letter.Reason, letter.Status, letter.Failures, letter.Event["id"].AsString(), letter.Event);
}
