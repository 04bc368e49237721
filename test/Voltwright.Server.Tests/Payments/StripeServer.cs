using Voltwright.Server.Payments;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Payments;

/// <summary>A server without workflows, at which drivers can pay by a stand-in of Stripe.</summary>
public sealed class StripeServer : IAsyncLifetime
{
    public FakeStripe Stripe { get; private set; } = null!;

    public RunningServer Server { get; private set; } = null!;

    public static StripeOptions OptionsOf(FakeStripe stripe) =>
        new(FakeStripe.Key, FakeStripe.Secret, stripe.Address) { Patience = TimeSpan.FromMilliseconds(400) };

    public async ValueTask InitializeAsync()
    {
        Stripe = await FakeStripe.StartAsync();
        Server = await RunningServer.StartAsync(o => o with { Stripe = OptionsOf(Stripe) });
        await Server.SendAsync(HttpMethod.Put, "/api/v2/tariffs/default", new StringContent(
            """{"currency":"EUR","perKwh":49,"sessionFee":100,"taxPercent":20}""", System.Text.Encoding.UTF8, "application/json"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
