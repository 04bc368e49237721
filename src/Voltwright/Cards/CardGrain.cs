using Voltwright.Payments;
using Voltwright.Storage;

namespace Voltwright.Cards;

public sealed class CardGrain(IStore store) : Grain, ICardGrain
{
    private string Id => this.GetPrimaryKeyString();

    private string Stream => StreamOf(Id);

    public static string StreamOf(string cardId) => $"card/{Card.Canonical(cardId)}";

    public async Task<Card?> Get() => await FindAsync(store, Id);

    /// <summary>A card that was made known, or one that a payment stands for.</summary>
    public static async ValueTask<Card?> FindAsync(IStore store, string cardId) =>
        Hold.IsId(cardId) ? (await FindHoldAsync(store, cardId))?.ToCard()
        : await store.LoadAsync(StreamOf(cardId)) is { } stored ? DomainJson.Read(stored.Body, DomainJson.Default.Card)
        : null;

    /// <summary>The payment that the card stands for; null when it is none.</summary>
    public static async ValueTask<Hold?> FindHoldAsync(IStore store, string cardId) =>
        Hold.IsId(cardId) && await store.LoadAsync(Hold.StreamOf(Card.Canonical(cardId))) is { } stored
            ? DomainJson.Read(stored.Body, DomainJson.Default.Hold)
            : null;

    public Task<Outcome<Card>> Add(Card card, string? requestKey) => DecideAsync("add", requestKey, known =>
        known is not null ? new Refusal(RefusalKind.AlreadyExists, $"Card {Id} is known already: PATCH changes it.")
        : Hold.IsId(Id) ? new Refusal(RefusalKind.Invalid, "id is of the kind that payments have: a card needs another one.")
        : (Card.Problem(Id) ?? Card.GroupProblem(card.GroupId)) is { } problem ? new Refusal(RefusalKind.Invalid, problem)
        : card with { Id = Id });

    public Task<Outcome<Card>> Change(CardChange change, string? requestKey) => DecideAsync("change", requestKey, known => known is null
        ? NotFound()
        : Card.GroupProblem(change.GroupId) is { } problem ? new Refusal(RefusalKind.Invalid, problem)
        : known with
        {
            Status = change.Status ?? known.Status,
            AccountId = change.AccountId is "" ? null : change.AccountId ?? known.AccountId,
            Label = change.Label ?? known.Label,
            GroupId = change.GroupId is "" ? null : change.GroupId ?? known.GroupId,
        });

    public async Task<Outcome<Card>> Remove()
    {
        var (version, card) = await LoadAsync();
        if (card is null)
            return NotFound();
        await store.CommitAsync(new Commit { Writes = [new(Stream, version, null)] });
        return card;
    }

    private async Task<Outcome<Card>> DecideAsync(string operation, string? requestKey, Func<Card?, Outcome<Card>> decide)
    {
        var key = requestKey is null ? null : $"card-{operation}:{Card.Canonical(Id)}:{requestKey}";
        while (true)
        {
            if (key is not null && await store.FindReplyAsync(key) is { } replied)
                return DomainJson.Read(replied, DomainJson.Default.OutcomeCard);
            var (version, known) = await LoadAsync();
            var outcome = decide(known);
            if (outcome.Value is not { } next || next == known)
                return outcome;
            var state = DomainJson.Write(next, DomainJson.Default.Card);
            try
            {
                await store.CommitAsync(new Commit
                {
                    Writes = [new(Stream, version, state, state)],
                    Reply = key is null ? null : new Reply(key, DomainJson.Write(outcome, DomainJson.Default.OutcomeCard)),
                });
                return outcome;
            }
            catch (StaleVersionException)
            {
                // Decide anew on what the other writer left.
            }
        }
    }

    private async ValueTask<(long Version, Card? Card)> LoadAsync() =>
        await store.LoadAsync(Stream) is { } stored ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.Card)) : (0, null);

    private Refusal NotFound() => new(RefusalKind.NotFound, $"Card {Id} is not known.");
}
