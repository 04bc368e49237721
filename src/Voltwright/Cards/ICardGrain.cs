namespace Voltwright.Cards;

/// <summary>The single writer of <c>card/{id}</c>. What it commits is in force for the next tap.</summary>
public interface ICardGrain : IGrainWithStringKey
{
    Task<Card?> Get();

    Task<Outcome<Card>> Add(Card card, string? requestKey);

    Task<Outcome<Card>> Change(CardChange change, string? requestKey);

    Task<Outcome<Card>> Remove();
}
