using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Voltwright.Gateway;
using Voltwright.Stations;
using Voltwright.Storage;

namespace Voltwright.Cards;

/// <summary>
/// Keeps in step what stations know of cards: a list for those that are to have one, the whole of it or what changed; and an empty
/// cache after a card ceased to be good. Stations that are away catch up when they are back.
/// </summary>
public sealed class CardLists(IStore store, CommandDesk desk, UndeliveredWishes wishes, TimeProvider clock)
{
    private const string WithdrawalStream = "counter/withdrawn-cards";
    private const int MostCards = 10_000;

    /// <summary>A whole list above this many entries would not fit into one message of most stations.</summary>
    private const int MostEntriesAtOnce = 500;

    public async ValueTask<CardList> FindAsync(string stationId, CancellationToken cancellation) =>
        (await LoadAsync(stationId, cancellation)).List;

    /// <summary>Gives a station a list, or takes it away.</summary>
    public async Task<CardList> EnableAsync(string stationId, bool enabled, CancellationToken cancellation)
    {
        var next = await ChangeAsync(stationId, list => list with { Enabled = enabled, Problem = null }, cancellation);
        wishes.Add(stationId);
        return next;
    }

    /// <summary>A card was changed: those that should know are told, each in its own time.</summary>
    /// <param name="withdrawn">It was good and is so no longer.</param>
    public async Task CardChangedAsync(bool withdrawn, CancellationToken cancellation)
    {
        if (withdrawn)
            await NoteWithdrawalAsync(cancellation);
        await foreach (var stationId in withdrawn ? ConnectedAsync(cancellation) : WithAListAsync(cancellation))
            wishes.Add(stationId);
    }

    /// <summary>Brings a connected station up to date. Its refusals are noted, never thrown.</summary>
    public async Task DeliverAsync(string stationId, CancellationToken cancellation)
    {
        var list = await FindAsync(stationId, cancellation);
        if (await store.LoadAsync(WithdrawalStream, cancellation) is { } stored
            && DomainJson.Read(stored.Body, DomainJson.Default.Withdrawal).At is var withdrawn && withdrawn > (list.CacheClearedAt ?? default))
            await ClearCacheAsync(stationId, withdrawn, cancellation);
        if (list.Enabled || list.Cards.Count > 0)
            await SynchroniseAsync(list, cancellation);
    }

    /// <summary>To whichever node: what is sent to a station finds its way.</summary>
    private IAsyncEnumerable<string> ConnectedAsync(CancellationToken cancellation) =>
        AllAsync("station", ("connected", "true"), body => DomainJson.Read(body, DomainJson.Default.Station).Id, cancellation);

    private IAsyncEnumerable<string> WithAListAsync(CancellationToken cancellation) =>
        AllAsync("cardlist", ("enabled", "true"), body => DomainJson.Read(body, DomainJson.Default.CardList).StationId, cancellation);

    private async IAsyncEnumerable<T> AllAsync<T>(
        string kind, (string, string) filter, Func<ReadOnlyMemory<byte>, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await store.ListAsync(kind, [filter], 500, next, cancellation);
            foreach (var stored in page.Items)
                yield return read(stored.Body);
            next = page.Next;
        }
        while (next is not null);
    }

    private async Task ClearCacheAsync(string stationId, DateTimeOffset withdrawn, CancellationToken cancellation)
    {
        var sent = await desk.SendAsync(stationId, new StationCommand.ClearCache(), cancellation);
        // One that refuses has no cache.
        if (sent is not (CommandOutcome.Offline or CommandOutcome.Silent))
            await ChangeAsync(stationId, list => list with { CacheClearedAt = withdrawn }, cancellation);
    }

    private async Task SynchroniseAsync(CardList list, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, ListedCard> wanted = list.Enabled ? await WantedAsync(cancellation) : new Dictionary<string, ListedCard>();
        var asked = await desk.SendAsync(list.StationId, new StationCommand.ReadListVersion(), cancellation);
        if (asked is not CommandOutcome.Accepted { Answer: var answer })
        {
            if (asked is not (CommandOutcome.Offline or CommandOutcome.Silent))
                await NoteAsync(list.StationId, CommandDesk.Reason(asked), cancellation);
            return;
        }

        var atStation = (int)answer["version"].AsDouble();
        if (atStation < 0)
        {
            await NoteAsync(list.StationId, "The station has no local list.", cancellation);
            return;
        }

        var changes = list.ChangesTo(wanted);
        if (atStation != list.Version || list.Version == 0)
            await ReplaceAsync(list, wanted, Math.Max(atStation, list.Version) + 1, cancellation);
        else if (changes.Count > 0)
            await SendAsync(list, wanted.Values, changes, list.Version + 1, full: false, cancellation);
    }

    private async Task ReplaceAsync(
        CardList list, IReadOnlyDictionary<string, ListedCard> wanted, int version, CancellationToken cancellation)
    {
        var entries = wanted.Values.ToList();
        var first = entries[..Math.Min(entries.Count, MostEntriesAtOnce)];
        if (await SendAsync(list, first, first, version, full: true, cancellation) is { } begun && entries.Count > first.Count)
            await SendAsync(begun, entries, entries[first.Count..], version + 1, full: false, cancellation);
    }

    /// <summary>The list as it is now; null when the station would not take it.</summary>
    private async Task<CardList?> SendAsync(
        CardList list, IEnumerable<ListedCard> then, IReadOnlyList<ListedCard> entries, int version, bool full,
        CancellationToken cancellation)
    {
        var sent = await desk.SendAsync(list.StationId, new StationCommand.SendCardList(version, full, entries), cancellation);
        if (sent is CommandOutcome.Accepted)
        {
            return await ChangeAsync(
                list.StationId,
                known => known.Having(then) with { Version = version, SyncedAt = clock.GetUtcNow(), Problem = null },
                cancellation);
        }

        // What the station has now is unknown: the next attempt replaces the whole list.
        if (sent is not CommandOutcome.Offline)
            await ChangeAsync(list.StationId, known => known with { Version = 0, Problem = CommandDesk.Reason(sent) }, cancellation);
        return null;
    }

    private Task<CardList> NoteAsync(string stationId, string problem, CancellationToken cancellation) =>
        ChangeAsync(stationId, list => list with { Problem = problem }, cancellation);

    private async Task<IReadOnlyDictionary<string, ListedCard>> WantedAsync(CancellationToken cancellation)
    {
        var wanted = new SortedDictionary<string, ListedCard>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await store.ListAsync("card", [], 500, next, cancellation);
            foreach (var stored in page.Items)
            {
                var card = DomainJson.Read(stored.Body, DomainJson.Default.Card);
                var id = Card.Canonical(card.Id);
                wanted[id] = new ListedCard(id, card.Status, card.GroupId);
            }

            next = page.Next;
        }
        while (next is not null && wanted.Count < MostCards);
        return wanted;
    }

    private async Task NoteWithdrawalAsync(CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(WithdrawalStream, cancellation);
        var state = DomainJson.Write(new Withdrawal(clock.GetUtcNow()), DomainJson.Default.Withdrawal);
        try
        {
            await store.CommitAsync(new Commit { Writes = [new(WithdrawalStream, stored?.Version ?? 0, state)] }, cancellation);
        }
        catch (StaleVersionException)
        {
            // Another card was withdrawn in this moment: its note serves both.
        }
    }

    private async Task<CardList> ChangeAsync(string stationId, Func<CardList, CardList> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, list) = await LoadAsync(stationId, cancellation);
            var next = change(list);
            try
            {
                var state = DomainJson.Write(next, DomainJson.Default.CardList);
                await store.CommitAsync(new Commit { Writes = [new(StreamOf(stationId), version, state)] }, cancellation);
                return next;
            }
            catch (StaleVersionException)
            {
                // Decide anew on what the other writer left.
            }
        }
    }

    private async ValueTask<(long Version, CardList List)> LoadAsync(string stationId, CancellationToken cancellation) =>
        await store.LoadAsync(StreamOf(stationId), cancellation) is { } stored
            ? (stored.Version, DomainJson.Read(stored.Body, DomainJson.Default.CardList))
            : (0, CardList.Of(stationId));

    private static string StreamOf(string stationId) => $"cardlist/{stationId}";
}
