using Stripe;
using Stripe.Checkout;
using Voltwright.Payments;
using Voltwright.Server.Console.Layout;
using Voltwright.Server.Problems;

namespace Voltwright.Server.Payments;

/// <summary>
/// What Stripe calls when something happened there. It only says where to look: what is so is asked of Stripe itself, so a call that comes
/// twice, late or not at all changes nothing.
/// </summary>
public static class StripeEvents
{
    public const string Path = "/payments/stripe/events";
    private const int LargestBody = 256 * 1024;

    internal static void AddStripe(this IServiceCollection services, StripeOptions? options)
    {
        if (options is null)
            return;
        services.AddSingleton(new HoldOptions(options.Hold));
        services.AddSingleton<IHoldProvider>(new StripePayments(options));
    }

    internal static void MapStripeEvents(this RouteGroupBuilder api) => api.MapPost(Path, ReceiveAsync).WithTags("Payments").AllowAnonymous()
        .WithMetadata(Harmless.Mark, new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestBody)).Produces(204)
        .WithSummary("Takes a signed event from Stripe");

    private static async Task<IResult> ReceiveAsync(HttpRequest request, ServerOptions options, Holds holds, CancellationToken cancellation)
    {
        if (options.Stripe?.WebhookSecret is not { } secret)
            return Problem.NotFound("Events from Stripe are not taken here: there is no signing secret.").ToResult();
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellation);
        try
        {
            var told = EventUtility.ConstructEvent(body, request.Headers["Stripe-Signature"], secret, throwOnApiVersionMismatch: false);
            if (HoldOf(told) is { } id && Hold.IsId(id))
                await holds.LookAsync(id, isTold: true, cancellation);
            return TypedResults.NoContent();
        }
        catch (Exception e) when (e is StripeException or Newtonsoft.Json.JsonException)
        {
            return Problem.Invalid("The event is not signed with this endpoint's secret, is too old, or is no event.").ToResult();
        }
    }

    private static string? HoldOf(Event told) => told.Data?.Object switch
    {
        Session session => session.ClientReferenceId,
        PaymentIntent intent => intent.Metadata?.GetValueOrDefault(StripePayments.HoldField),
        _ => null,
    };
}
