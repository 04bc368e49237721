using Voltwright.Payments;
using Voltwright.Server.Auth;
using Voltwright.Server.Payments;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

/// <summary>Charges that are paid without a card of ours: amounts held at the payment provider.</summary>
internal static class HoldEndpoints
{
    public static void MapHolds(this RouteGroupBuilder api)
    {
        var holds = api.MapGroup("/holds").WithTags("Payments");
        holds.MapGet("", ListAsync).Allow(Access.Read).KeepsToSight().Produces<Listed<HoldView>>()
            .WithSummary("Lists what is or was held at the payment provider, newest first");
        holds.MapGet("/{holdId}", GetAsync).Allow(Access.Read).OfRecord(Hold.Kind, "holdId").Produces<HoldView>()
            .WithSummary("Shows a hold: what is held for a charge, and what came of it");
        holds.MapPost("/{holdId}/refunds", RefundAsync).Allow(Access.Operate).OfRecord(Hold.Kind, "holdId").Produces<HoldView>()
            .WithSummary("Gives back what was taken, all or some of it");
        api.MapStripeEvents();
    }

    private static async Task<IResult> ListAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? stationId = null, string? sessionId = null, string? status = null,
        int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            Hold.Kind, limit, after, body => new HoldView(DomainJson.Read(body, DomainJson.Default.Hold)), cancellation,
            [.. sight.Narrow(stationId), ("sessionId", sessionId), ("status", status)]));

    private static async Task<IResult> GetAsync(string holdId, Holds holds, CancellationToken cancellation) =>
        await holds.FindAsync(holdId, cancellation) is { } hold
            ? TypedResults.Ok(new HoldView(hold))
            : Problem.NotFound($"There is no hold '{holdId}'.").ToResult();

    private static async Task<IResult> RefundAsync(
        string holdId, Refund wanted, [RequestKey] string? requestKey, Holds holds, CancellationToken cancellation)
    {
        if (await holds.FindAsync(holdId, cancellation) is null)
            return Problem.NotFound($"There is no hold '{holdId}'.").ToResult();
        return (await holds.RefundAsync(holdId, wanted.Amount, requestKey, cancellation)).ToResult(h => TypedResults.Ok(new HoldView(h)));
    }

    /// <param name="Amount">Minor units; absent: all that was taken and is not given back.</param>
    internal sealed record Refund(long? Amount = null);

    /// <summary>Without the address at which the driver pays.</summary>
    /// <param name="Id">The id of the card that the charge was made with, too.</param>
    /// <param name="Amount">Held, or to be held, in minor units.</param>
    /// <param name="Reference">What the provider calls it by.</param>
    /// <param name="Bill">Taken once it is captured, in minor units.</param>
    /// <param name="RefundWanted">What is to be given back in all; above <paramref name="Refunded"/>, the provider has not confirmed it.</param>
    internal sealed record HoldView(
        string Id, HoldStatus Status, string StationId, string? SessionId, long Amount, string Currency, string? Reference, string? Method,
        DateTimeOffset OpenedAt, DateTimeOffset? HeldAt, long? Bill, long Refunded, long RefundWanted, string? Reason, int Tries)
    {
        public HoldView(Hold hold)
            : this(
                hold.Id, hold.Status, hold.StationId, hold.SessionId, hold.Amount, hold.Currency, hold.Reference, hold.Method,
                hold.OpenedAt, hold.HeldAt, hold.Bill, hold.Refunded, hold.RefundWanted, hold.Reason, hold.Tries)
        {
        }
    }
}
