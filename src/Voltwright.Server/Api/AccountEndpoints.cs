using Voltwright.Cluster;
using Voltwright.Payments;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

/// <summary>The ledger: accounts and the payments taken from them.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).Allow(Access.Read).Produces<Listed<Account>>().WithSummary("Lists the accounts");
        accounts.MapGet("/{accountId}", GetAsync).Allow(Access.Read).Produces<Account>()
            .WithSummary("Shows an account with its newest entries");
        accounts.MapPut("/{accountId}", SetTermsAsync).Allow(Access.Operate).Produces<Account>()
            .WithSummary("Opens an account or changes its terms");
        accounts.MapPost("/{accountId}/top-ups", TopUpAsync).Allow(Access.Operate).Produces<Account>()
            .WithSummary("Adds money to an account");
        api.MapGet("/payments", PaymentsAsync).WithTags("Payments").Allow(Access.Read).KeepsToSight().Produces<Listed<Payment>>()
            .WithSummary("Lists payments, newest first");
        api.MapGet("/payments/{paymentId}", PaymentAsync).WithTags("Payments").Allow(Access.Read).OfRecord("payment", "paymentId").Produces<Payment>()
            .WithSummary("Shows a payment");
    }

    private static async Task<IResult> ListAsync(IStore store, CancellationToken cancellation, int? limit = null, string? after = null) =>
        TypedResults.Ok(
            await store.ListAsync("account", limit, after, body => DomainJson.Read(body, DomainJson.Default.Account), cancellation));

    private static async Task<IResult> GetAsync(string accountId, IGrainFactory grains) =>
        await grains.Find<IAccountGrain>(accountId).Get() is { } account
            ? TypedResults.Ok(account)
            : Problem.NotFound($"There is no account '{accountId}'.").ToResult();

    private static async Task<IResult> SetTermsAsync(string accountId, Terms wanted, [RequestKey] string? requestKey, IGrainFactory grains)
    {
        var terms = new AccountTerms(wanted.Kind, wanted.Currency, wanted.CreditLimit, wanted.Closed);
        return (await grains.Find<IAccountGrain>(accountId).SetTerms(terms, requestKey)).ToResult(a => TypedResults.Ok(a));
    }

    private static async Task<IResult> TopUpAsync(string accountId, TopUp wanted, [RequestKey] string? requestKey, IGrainFactory grains) =>
        (await grains.Find<IAccountGrain>(accountId).Deposit(wanted.Amount, wanted.Note, requestKey)).ToResult(a => TypedResults.Ok(a));

    private static async Task<IResult> PaymentsAsync(
        IStore store, Sight sight, CancellationToken cancellation, string? sessionId = null, string? accountId = null, string? status = null,
        int? limit = null, string? after = null)
    {
        var payments = await store.ListAsync(
            "payment", limit, after, Read, cancellation, ("sessionId", sessionId), ("accountId", accountId), ("status", status));
        if (sight.IsAll)
            return TypedResults.Ok(payments);

        // A payment knows its session, and only that its station: pages get shorter by what is not to be seen.
        var seen = new List<Payment>();
        foreach (var payment in payments.Items)
        {
            if (await store.LoadAsync($"session/{payment.SessionId}", cancellation) is { } session
                && sight.Sees(DomainJson.Read(session.Body, DomainJson.Default.Session).StationId))
                seen.Add(payment);
        }

        return TypedResults.Ok(payments with { Items = seen });
    }

    private static async Task<IResult> PaymentAsync(string paymentId, IStore store, CancellationToken cancellation) =>
        await store.LoadAsync($"payment/{paymentId}", cancellation) is { } stored
            ? TypedResults.Ok(Read(stored.Body))
            : Problem.NotFound($"There is no payment '{paymentId}'.").ToResult();

    private static Payment Read(ReadOnlyMemory<byte> body) => DomainJson.Read(body, DomainJson.Default.Payment);

    /// <param name="CreditLimit">How far the balance may fall below zero, minor units; absent: none for postpaid, 0 for prepaid.</param>
    internal sealed record Terms(AccountKind Kind, string Currency, long? CreditLimit = null, bool Closed = false);

    /// <param name="Amount">Minor units of the account's currency.</param>
    internal sealed record TopUp(long Amount, string? Note = null);
}
