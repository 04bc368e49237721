using Voltwright.Cards;
using Voltwright.Cluster;
using Voltwright.Server.Auth;
using Voltwright.Server.Problems;
using Voltwright.Storage;

namespace Voltwright.Server.Api;

internal static class CardEndpoints
{
    public static void MapCards(this RouteGroupBuilder api)
    {
        var cards = api.MapGroup("/cards").WithTags("Cards");
        cards.MapPost("", AddAsync).Allow(Access.Operate).Produces<Card>(201).WithSummary("Makes a card known");
        cards.MapGet("", ListAsync).Allow(Access.Read).SameForAllSites().Produces<Listed<Card>>().WithSummary("Lists the cards");
        cards.MapGet("/{cardId}", GetAsync).Allow(Access.Read).SameForAllSites().Produces<Card>().WithSummary("Shows a card");
        cards.MapPatch("/{cardId}", ChangeAsync).Allow(Access.Operate).Produces<Card>()
            .WithSummary("Changes a card; in force for the next tap");
        cards.MapDelete("/{cardId}", RemoveAsync).Allow(Access.Operate).Produces(204).WithSummary("Forgets a card");
    }

    private static async Task<IResult> AddAsync(
        NewCard wanted, [RequestKey] string? requestKey, IGrainFactory grains, CardLists lists, CancellationToken cancellation)
    {
        var card = new Card(wanted.Id, wanted.Status, wanted.AccountId, wanted.Label, wanted.GroupId);
        var added = await grains.Find<ICardGrain>(wanted.Id).Add(card, requestKey);
        if (added.Value is not null)
            await lists.CardChangedAsync(withdrawn: false, cancellation);
        return added.ToResult(c => TypedResults.Created($"/api/v2/cards/{Uri.EscapeDataString(c.Id)}", c));
    }

    private static async Task<IResult> ListAsync(
        IStore store, CancellationToken cancellation, string? status = null, string? accountId = null,
        int? limit = null, string? after = null) =>
        TypedResults.Ok(await store.ListAsync(
            "card", limit, after, body => DomainJson.Read(body, DomainJson.Default.Card), cancellation,
            ("status", status), ("accountId", accountId)));

    private static async Task<IResult> GetAsync(string cardId, IGrainFactory grains) =>
        await grains.Find<ICardGrain>(cardId).Get() is { } card
            ? TypedResults.Ok(card)
            : Problem.NotFound($"There is no card '{cardId}'.").ToResult();

    private static async Task<IResult> ChangeAsync(
        string cardId, CardChanges wanted, [RequestKey] string? requestKey, IGrainFactory grains, CardLists lists, CancellationToken cancellation)
    {
        var change = new CardChange(wanted.Status, wanted.AccountId, wanted.Label, wanted.GroupId);
        var changed = await grains.Find<ICardGrain>(cardId).Change(change, requestKey);
        if (changed.Value is { } card && (wanted.Status is not null || wanted.GroupId is not null))
            await lists.CardChangedAsync(card.Status != CardStatus.Active, cancellation);
        return changed.ToResult(c => TypedResults.Ok(c));
    }

    private static async Task<IResult> RemoveAsync(string cardId, IGrainFactory grains, CardLists lists, CancellationToken cancellation)
    {
        var removed = await grains.Find<ICardGrain>(cardId).Remove();
        if (removed.Value is not null)
            await lists.CardChangedAsync(withdrawn: true, cancellation);
        return removed.ToResult(_ => TypedResults.NoContent());
    }

    /// <param name="AccountId">Who pays; absent means the card's own postpaid account.</param>
    /// <param name="GroupId">Cards of one group may end each other's sessions.</param>
    internal sealed record NewCard(
        string Id, CardStatus Status = CardStatus.Active, string? AccountId = null, string? Label = null, string? GroupId = null);

    /// <summary>What is absent stays.</summary>
    /// <param name="GroupId">Empty takes the card out of its group.</param>
    internal sealed record CardChanges(
        CardStatus? Status = null, string? AccountId = null, string? Label = null, string? GroupId = null);
}
