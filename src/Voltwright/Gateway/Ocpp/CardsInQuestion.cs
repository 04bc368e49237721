namespace Voltwright.Gateway.Ocpp;

/// <summary>
/// Cards that a station was asked to keep a slot for and has not answered about. Stations may authorise such a card before they answer:
/// nobody tapped then.
/// </summary>
internal sealed class CardsInQuestion
{
    private readonly List<string> _cards = [];

    public bool Contains(string cardId)
    {
        lock (_cards)
            return _cards.Contains(cardId, StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="cardId">Null asks about no card.</param>
    public async Task<T> WhileAsync<T>(string? cardId, Func<Task<T>> ask)
    {
        if (cardId is null)
            return await ask();
        lock (_cards)
            _cards.Add(cardId);
        try
        {
            return await ask();
        }
        finally
        {
            lock (_cards)
                _cards.Remove(cardId);
        }
    }
}
