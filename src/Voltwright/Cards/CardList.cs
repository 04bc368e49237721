using System.Collections.Immutable;

namespace Voltwright.Cards;

/// <summary>What a station knows of cards by itself: <c>cardlist/{stationId}</c>. It decides by that while it is offline.</summary>
/// <param name="Enabled">Whether an operator wants the station to have a list.</param>
/// <param name="Version">Of the list that the station took last; 0 when it took none.</param>
/// <param name="Cards">What that list says, by card.</param>
/// <param name="CacheClearedAt">When the station last forgot what it had learnt of cards.</param>
/// <param name="Problem">Why the list is not as it should be; null when it is.</param>
public sealed record CardList(
    string StationId, bool Enabled, int Version, ImmutableSortedDictionary<string, CardStatus> Cards, DateTimeOffset? CacheClearedAt = null,
    DateTimeOffset? SyncedAt = null, string? Problem = null)
{
    public static CardList Of(string stationId) =>
        new(stationId, false, 0, ImmutableSortedDictionary.Create<string, CardStatus>(StringComparer.Ordinal));

    /// <summary>What changes this list into the wanted one: a null status removes the card.</summary>
    public IReadOnlyList<ListedCard> ChangesTo(IReadOnlyDictionary<string, CardStatus> wanted) =>
    [
        .. wanted.Where(c => !Cards.TryGetValue(c.Key, out var known) || known != c.Value).Select(c => new ListedCard(c.Key, c.Value)),
        .. Cards.Keys.Where(id => !wanted.ContainsKey(id)).Select(id => new ListedCard(id, null)),
    ];
}

/// <param name="Status">Null removes the card from the list.</param>
[GenerateSerializer, Immutable]
public sealed record ListedCard(string CardId, CardStatus? Status);

/// <summary>When a card last ceased to be good: <c>counter/withdrawn-cards</c>. Stations whose cache is older than that empty it.</summary>
public sealed record Withdrawal(DateTimeOffset At);
