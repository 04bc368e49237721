namespace Voltwright.Server.Payments;

/// <summary>How this server is known at Stripe.</summary>
/// <param name="key">The secret or restricted key; it may make Checkout Sessions, Payment Intents and refunds.</param>
/// <param name="webhookSecret">What Stripe signs its events with; null takes none, and Stripe is asked instead.</param>
/// <param name="api">Where its API is; null for Stripe's own address.</param>
public sealed class StripeOptions(string key, string? webhookSecret = null, Uri? api = null)
{
    public string Key { get; } = key;

    public string? WebhookSecret { get; } = webhookSecret;

    public Uri? Api { get; } = api;

    /// <summary>For one answer; a request that is not answered is made twice.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is held for a charge, in minor units of the tariff's currency.</summary>
    public long Hold { get; init; } = Voltwright.Payments.HoldOptions.DefaultAmount;
}
