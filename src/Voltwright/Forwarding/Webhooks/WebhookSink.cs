using System.Globalization;
using System.Net;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Forwarding.Webhooks;

/// <summary>Posts events to a webhook's address, signed. The address policy of workflows is the policy here.</summary>
internal sealed class WebhookSink(Webhook webhook, WebhookHttp http, TimeProvider clock) : IEventSink
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    public async Task<SendOutcome> SendAsync(StoredEvent e, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(webhook.Policy.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var request = NewRequest(e.Envelope);
            using var response = await http.SendAsync(request, either.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome.Failed($"No answer within {webhook.Policy.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome.Failed(RefusedAddressException.In(failure)?.Message ?? Innermost(failure));
        }
    }

    private HttpRequestMessage NewRequest(JsonValue envelope)
    {
        var message = webhook.Mode == WebhookMode.Binary ? CloudEventMessage.Binary(envelope) : CloudEventMessage.Structured(envelope);
        var now = clock.GetUtcNow();
        var id = WebhookSecret.MessageId(envelope["source"].AsString(), envelope["id"].AsString());
        string[] secrets = webhook.OldSecret is { } old && webhook.OldSecretUntil > now ? [webhook.Secret, old] : [webhook.Secret];
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(message.Body) };
        if (message.ContentType is { } type)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in message.Attributes)
            request.Headers.TryAddWithoutValidation($"ce-{name}", CloudEventMessage.Percent(value));
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSecret.Sign(secrets, id, now.ToUnixTimeSeconds(), message.Body));
        request.Headers.TryAddWithoutValidation("User-Agent", "voltwright");
        return request;
    }

    private SendOutcome Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new SendOutcome.Delivered(status);
        if (response.StatusCode == HttpStatusCode.Gone)
            return new SendOutcome.Unwanted("The receiver answered 410: it wants no more events.", status);
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return new SendOutcome.Failed($"The receiver answered {status}.", status, asked < LongestAsked ? asked : asked is null ? null : LongestAsked);
    }

    // The address may carry what only the receiver should know; libraries name the host at most.
    private static string Innermost(Exception e) => e is HttpRequestException && e.InnerException is { } inner ? inner.Message : e.Message;
}
