using System.Net;
using Stripe;
using Stripe.Checkout;
using Voltwright.Payments;

namespace Voltwright.Server.Payments;

/// <summary>
/// Holds by Stripe: a Checkout Session whose Payment Intent is captured by hand. Only cards, and the wallets of phones that pass on cards:
/// other methods cannot hold an amount.
/// </summary>
/// <remarks>A hold's reference is the Session's id while the driver pays, then the Intent's.</remarks>
internal sealed class StripePayments : IHoldProvider
{
    /// <summary>What our objects at Stripe say of whose they are.</summary>
    public const string HoldField = "voltwright_hold";
    private const string SessionPrefix = "cs_";

    /// <summary>Stripe closes the page a little before we look for the last time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Currencies whose amounts Stripe does not count in the minor units of ISO 4217, or takes in tens of them only. Charging a hundred times too much, or
    /// too little, is worse than not charging.
    /// </summary>
    private static readonly HashSet<string> CountedOtherwise = ["ISK", "UGX", "MGA", "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    private readonly SessionService _sessions;
    private readonly PaymentIntentService _intents;
    private readonly RefundService _refunds;

    public StripePayments(StripeOptions options)
    {
        var http = new SystemNetHttpClient(new HttpClient { Timeout = options.Patience }, maxNetworkRetries: 1, enableTelemetry: false);
        var client = new StripeClient(options.Key, httpClient: http, apiBase: options.Api?.ToString().TrimEnd('/'));
        (_sessions, _intents, _refunds) = (new(client), new(client), new(client));
    }

    public Task<HoldAnswer> OpenAsync(Hold hold, string key, CancellationToken cancellation) => CountedOtherwise.Contains(hold.Currency)
        ? Task.FromResult<HoldAnswer>(new HoldAnswer.Refused($"Stripe counts {hold.Currency} in other units than ISO 4217 does: it is not taken here."))
        : AskAsync(async () => OfSession(await _sessions.CreateAsync(Checkout(hold), With(key), cancellation)), null, cancellation);

    public Task<HoldAnswer> FindAsync(Hold hold, CancellationToken cancellation) => AskAsync(() => LookAsync(hold, cancellation), null, cancellation);

    public Task<HoldAnswer> CaptureAsync(Hold hold, long amount, string key, CancellationToken cancellation) => AskAsync(
        async () => OfIntent(await _intents.CaptureAsync(
            hold.Reference, new PaymentIntentCaptureOptions { AmountToCapture = amount }, With(key), cancellation)),
        hold, cancellation);

    public Task<HoldAnswer> ReleaseAsync(Hold hold, string key, CancellationToken cancellation) => AskAsync(
        async () => IsSession(hold)
            ? OfSession(await _sessions.ExpireAsync(hold.Reference, null, With(key), cancellation))
            : OfIntent(await _intents.CancelAsync(
                hold.Reference, new PaymentIntentCancelOptions { CancellationReason = "abandoned" }, With(key), cancellation)),
        hold, cancellation);

    public Task<HoldAnswer> RefundAsync(Hold hold, long amount, string key, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            await _refunds.CreateAsync(
                new RefundCreateOptions { PaymentIntent = hold.Reference, Amount = amount, Metadata = FieldsOf(hold) }, With(key), cancellation);
            return await LookAsync(hold, cancellation);
        },
        null, cancellation);

    private async Task<HoldAnswer> LookAsync(Hold hold, CancellationToken cancellation)
    {
        if (IsSession(hold))
        {
            var expand = new SessionGetOptions { Expand = ["payment_intent.latest_charge"] };
            return OfSession(await _sessions.GetAsync(hold.Reference, expand, null, cancellation));
        }

        var intent = await _intents.GetAsync(hold.Reference, new PaymentIntentGetOptions { Expand = ["latest_charge"] }, null, cancellation);
        if (OfIntent(intent) is not HoldAnswer.Taken taken)
            return OfIntent(intent);

        // What a capture left of the hold may count as refunded there: ours are those that say so.
        var refunds = await _refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 100 }, null, cancellation);
        var ours = refunds.Where(r => r.Status is "succeeded" or "pending" && r.Metadata?.GetValueOrDefault(HoldField) == hold.Id);
        return taken with { Refunded = ours.Sum(r => r.Amount) };
    }

    private static SessionCreateOptions Checkout(Hold hold)
    {
        var page = hold.Page.ToString();
        return new SessionCreateOptions
        {
            Mode = "payment",
            AllowedPaymentMethodTypes = ["card"],
            ClientReferenceId = hold.Id,
            Metadata = FieldsOf(hold),
            PaymentIntentData = new SessionPaymentIntentDataOptions { CaptureMethod = "manual", Metadata = FieldsOf(hold) },
            LineItems =
            [
                new SessionLineItemOptions
                {
                    Quantity = 1,
                    PriceData = new SessionLineItemPriceDataOptions
                    {
                        Currency = hold.Currency.ToLowerInvariant(),
                        UnitAmount = hold.Amount,
                        ProductData = new SessionLineItemPriceDataProductDataOptions { Name = hold.StationId },
                    },
                },
            ],
            SuccessUrl = $"{page}/paid",
            CancelUrl = page,
            ExpiresAt = (hold.PayableUntil - Margin).UtcDateTime,
        };
    }

    private static HoldAnswer OfSession(Session session) => session switch
    {
        { Status: "expired" } => new HoldAnswer.Gone(),
        { Status: "open", Url: { } url } => new HoldAnswer.Open(session.Id, new Uri(url), session.PaymentIntent?.LastPaymentError is not null),
        { PaymentIntent: { } intent } => OfIntent(intent),
        _ => new HoldAnswer.Unknown($"Checkout Session {session.Id} is {session.Status}.", false),
    };

    private static HoldAnswer OfIntent(PaymentIntent intent) => intent.Status switch
    {
        "requires_capture" => new HoldAnswer.Held(intent.Id, intent.AmountCapturable, MethodOf(intent)),
        "succeeded" => new HoldAnswer.Taken(intent.AmountReceived, 0),
        "canceled" => new HoldAnswer.Gone(),
        _ => new HoldAnswer.Unknown($"Payment Intent {intent.Id} is {intent.Status}.", false),
    };

    private static string? MethodOf(PaymentIntent intent) =>
        intent.LatestCharge?.PaymentMethodDetails?.Card is { } card ? $"{card.Brand} •••• {card.Last4}" : null;

    /// <param name="moved">Where a refusal may mean that what is asked for is done already, by whatever way: looked for then.</param>
    private async Task<HoldAnswer> AskAsync(Func<Task<HoldAnswer>> ask, Hold? moved, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (StripeException e) when (e.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return new HoldAnswer.Unknown("Stripe does not accept the key, or the key may not do this.", false);
        }
        catch (StripeException e) when (e.HttpStatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= (HttpStatusCode)500)
        {
            return new HoldAnswer.Unknown($"Stripe answered {(int)e.HttpStatusCode}.", (int)e.HttpStatusCode >= 500);
        }
        catch (StripeException e)
        {
            var now = moved is null ? null : await FindAsync(moved, cancellation);
            return now is HoldAnswer.Taken or HoldAnswer.Gone or HoldAnswer.Unknown || (now is HoldAnswer.Held && IsSession(moved!))
                ? now
                : new HoldAnswer.Refused(e.StripeError?.Message ?? $"Stripe answered {(int)e.HttpStatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new HoldAnswer.Unknown("Stripe gave no answer.", false);
        }
    }

    private static bool IsSession(Hold hold) => hold.Reference!.StartsWith(SessionPrefix, StringComparison.Ordinal);

    private static Dictionary<string, string> FieldsOf(Hold hold) => new() { [HoldField] = hold.Id };

    private static RequestOptions With(string key) => new() { IdempotencyKey = key };
}
