using Voltwright.Cards;
using Voltwright.Gateway;
using Voltwright.Jq;
using Voltwright.Stations;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Cards;

[Collection(DomainCollection.Name)]
public sealed class CardListsTests(DomainHost host)
{
    private CardLists Lists => host.Get<CardLists>();

    [Fact]
    public void Changes_OfAList_AreWhatIsNewWhatIsOtherAndWhatIsGone()
    {
        var list = CardList.Of("CP1");
        list = list with { Cards = list.Cards.Add("A", CardStatus.Active).Add("B", CardStatus.Active).Add("C", CardStatus.Active) };

        list = list.Having([.. list.Cards.Select(c => new ListedCard(c.Key, c.Value)), new("E", CardStatus.Active, "FLEET")]);
        ListedCard[] wanted = [new("A", CardStatus.Active), new("B", CardStatus.Blocked), new("D", CardStatus.Active), new("E", CardStatus.Active, "OTHER")];

        var changes = list.ChangesTo(wanted.ToDictionary(c => c.CardId));

        Assert.Equal([wanted[1], wanted[2], wanted[3], new("C", null)], changes);
    }

    [Fact]
    public async Task Station_WithoutAList_IsSentNone()
    {
        var station = await StationAsync(version: 0);

        await Lists.DeliverAsync(station.StationId, CancellationToken.None);

        Assert.DoesNotContain(station.Commands, c => c is StationCommand.SendCardList);
    }

    [Fact]
    public async Task Station_ThatForgotItsList_GetsTheWholeAnew()
    {
        var station = await StationAsync(version: 0);
        await EnableAsync(station);
        var first = station.Commands.OfType<StationCommand.SendCardList>().First();
        station.Commands.Clear();
        React(station, version: 0);

        await Lists.DeliverAsync(station.StationId, CancellationToken.None);

        Assert.True(first.Full);
        var again = Assert.IsType<StationCommand.SendCardList>(station.Commands.First(c => c is StationCommand.SendCardList));
        Assert.True(again.Full && again.Version > first.Version, $"{again}");
    }

    [Fact]
    public async Task Station_ThatKeepsNoList_IsLeftAloneAndTheReasonIsKept()
    {
        var station = await StationAsync(version: -1);

        await EnableAsync(station);

        Assert.DoesNotContain(station.Commands, c => c is StationCommand.SendCardList);
        Assert.Equal("The station has no local list.", (await Lists.FindAsync(station.StationId, CancellationToken.None)).Problem);
    }

    [Fact]
    public async Task List_ThatIsRefused_CountsAsUnknown()
    {
        var station = await StationAsync(version: 0);
        station.React = (command, _) => Task.FromResult<CommandOutcome>(command switch
        {
            StationCommand.ReadListVersion => Version(5),
            StationCommand.SendCardList => new CommandOutcome.Rejected("VersionMismatch"),
            _ => FakeStation.Done,
        });

        await EnableAsync(station);

        var list = await Lists.FindAsync(station.StationId, CancellationToken.None);
        Assert.Equal((0, "VersionMismatch"), (list.Version, list.Problem));
    }

    [Fact]
    public async Task Card_ThatIsWithdrawn_EmptiesTheCacheOfEachStationOnce()
    {
        var station = await StationAsync(version: 0);
        await Lists.CardChangedAsync(withdrawn: true, CancellationToken.None);

        await UntilAsync(station, list => list.CacheClearedAt is not null);
        var cleared = (await Lists.FindAsync(station.StationId, CancellationToken.None)).CacheClearedAt;
        station.Commands.Clear();
        await Lists.DeliverAsync(station.StationId, CancellationToken.None);

        Assert.NotNull(cleared);
        Assert.DoesNotContain(station.Commands, c => c is StationCommand.ClearCache);
    }

    [Fact]
    public async Task List_ThatIsTakenAway_IsEmptiedAtTheStation()
    {
        var station = await StationAsync(version: 0);
        await host.CardAsync();
        await EnableAsync(station);
        var list = await Lists.FindAsync(station.StationId, CancellationToken.None);
        React(station, list.Version);
        station.Commands.Clear();

        await Lists.EnableAsync(station.StationId, false, CancellationToken.None);
        await UntilAsync(station, known => known.Cards.IsEmpty);

        Assert.Contains(station.Commands.OfType<StationCommand.SendCardList>(), c => c.Cards.Count > 0 && c.Cards.All(e => e.Status is null));
    }

    private async Task EnableAsync(FakeStation station)
    {
        await Lists.EnableAsync(station.StationId, true, CancellationToken.None);
        await UntilAsync(station, list => list.SyncedAt is not null || list.Problem is not null);
    }

    /// <summary>Whoever looks after stations that missed something gets there in its own time.</summary>
    private async Task UntilAsync(FakeStation station, Func<CardList, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!isIt(await Lists.FindAsync(station.StationId, CancellationToken.None)))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
    }

    private async Task<FakeStation> StationAsync(int version)
    {
        var station = await host.StationAsync();
        React(station, version);
        return station;
    }

    private static void React(FakeStation station, int version) => station.React = (command, _) =>
        Task.FromResult(command is StationCommand.ReadListVersion ? Version(version) : FakeStation.Done);

    private static CommandOutcome Version(int version) => new CommandOutcome.Accepted(JsonObject.Of(("version", version)));
}
