using System.Collections.Immutable;

namespace Voltwright.Cards;

/// <summary>What a station knows of cards by itself: <c>cardlist/{stationId}</c>. It decides by that while it is offline.</summary>
/// <param name="Enabled">Whether an operator wants the station to have a list.</param>
/// <param name="Version">Of the list that the station took last; 0 when it took none.</param>
/// <param name="Cards">What that list says, by card.</param>
/// <param name="Groups">In which group that list has a card; those of none are absent.</param>
/// <param name="CacheClearedAt">When the station last forgot what it had learnt of cards.</param>
/// <param name="Problem">Why the list is not as it should be; null when it is.</param>
public sealed record CardList(
    string StationId, bool Enabled, int Version, ImmutableSortedDictionary<string, CardStatus> Cards, DateTimeOffset? CacheClearedAt = null,
    DateTimeOffset? SyncedAt = null, string? Problem = null, ImmutableSortedDictionary<string, string>? Groups = null)
{
    public static CardList Of(string stationId) =>
        new(stationId, false, 0, ImmutableSortedDictionary.Create<string, CardStatus>(StringComparer.Ordinal));

    /// <summary>What changes this list into the wanted one: a null status removes the card.</summary>
    public IReadOnlyList<ListedCard> ChangesTo(IReadOnlyDictionary<string, ListedCard> wanted) =>
    [
        .. wanted.Values.Where(c => EntryOf(c.CardId) != c),
        .. Cards.Keys.Where(id => !wanted.ContainsKey(id)).Select(id => new ListedCard(id, null)),
    ];

    /// <summary>This list once the station has those, and nothing else.</summary>
    public CardList Having(IEnumerable<ListedCard> cards) => this with
    {
        Cards = cards.ToImmutableSortedDictionary(c => c.CardId, c => c.Status ?? CardStatus.Active, StringComparer.Ordinal),
        Groups = cards.Where(c => c.GroupId is not null).ToImmutableSortedDictionary(c => c.CardId, c => c.GroupId!, StringComparer.Ordinal),
    };

    private ListedCard? EntryOf(string id) =>
        Cards.TryGetValue(id, out var status) ? new ListedCard(id, status, Groups?.GetValueOrDefault(id)) : null;
}

/// <param name="Status">Null removes the card from the list.</param>
[GenerateSerializer, Immutable]
public sealed record ListedCard(string CardId, CardStatus? Status, string? GroupId = null);

/// <summary>When a card last ceased to be good: <c>counter/withdrawn-cards</c>. Stations whose cache is older than that empty it.</summary>
public sealed record Withdrawal(DateTimeOffset At);
