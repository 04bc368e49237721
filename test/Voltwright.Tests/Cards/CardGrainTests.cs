using Voltwright.Cards;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Cards;

[Collection(DomainCollection.Name)]
public sealed class CardGrainTests(DomainHost host)
{
    [Fact]
    public async Task Card_AddedTwice_IsRefusedUnlessItIsTheSameRequest()
    {
        var card = Card(out var id);
        Assert.NotNull((await card.Add(new Card(id, CardStatus.Active), "k")).Value);
        Assert.NotNull((await card.Add(new Card(id, CardStatus.Active), "k")).Value);
        Assert.Equal(RefusalKind.AlreadyExists, (await card.Add(new Card(id, CardStatus.Active), null)).Refusal!.Kind);
    }

    [Fact]
    public async Task Card_SpelledInOtherCapitals_IsTheSameCard()
    {
        Card(out var id);
        var (small, large) = (id.ToLowerInvariant(), id.ToUpperInvariant());
        Assert.Equal(small, (await Grain(small).Add(new Card(small, CardStatus.Active), null)).Value!.Id);
        Assert.Equal(RefusalKind.AlreadyExists, (await Grain(large).Add(new Card(large, CardStatus.Active), null)).Refusal!.Kind);
        Assert.Equal(new Card(small, CardStatus.Blocked), (await Grain(large).Change(new CardChange(CardStatus.Blocked, null, null), null)).Value);
        Assert.Equal($"card:{large}", (await Grain(large).Get())!.PayingAccountId);
        Assert.NotNull((await Grain(large).Remove()).Value);
        Assert.Null(await Grain(small).Get());

        ICardGrain Grain(string spelled) => host.Grains.GetGrain<ICardGrain>(spelled);
    }

    [Fact]
    public async Task Card_Changed_KeepsWhatWasNotNamed()
    {
        var card = Card(out var id);
        await card.Add(new Card(id, CardStatus.Active, "acc", "Ada"), null);
        Assert.Equal(new Card(id, CardStatus.Blocked, "acc", "Ada"), (await card.Change(new CardChange(CardStatus.Blocked, null, null), null)).Value);
        Assert.Equal("acc", (await card.Get())!.PayingAccountId);
    }

    [Fact]
    public async Task Card_Removed_IsUnknown()
    {
        var card = Card(out var id);
        await card.Add(new Card(id, CardStatus.Active), null);
        await card.Remove();
        Assert.Null(await card.Get());
        Assert.Equal(RefusalKind.NotFound, (await card.Change(new CardChange(CardStatus.Active, null, null), null)).Refusal!.Kind);
        Assert.NotNull((await card.Add(new Card(id, CardStatus.Active), null)).Value);
    }

    [Fact]
    public async Task Card_WithAnImpossibleId_IsRefused() => Assert.Equal(
        RefusalKind.Invalid, (await host.Grains.GetGrain<ICardGrain>("a/b").Add(new Card("a/b", CardStatus.Active), null)).Refusal!.Kind);

    private ICardGrain Card(out string id)
    {
        id = $"TAG-{Guid.NewGuid():N}";
        return host.Grains.GetGrain<ICardGrain>(id);
    }
}
