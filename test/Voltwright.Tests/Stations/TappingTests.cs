using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class TappingTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Tap_OfAnActiveCard_IsAcceptedAndTold()
    {
        Assert.Equal(CardDecision.Accepted, _desk.Tap("A"));
        var told = _desk.Last(EventTypes.CardScanned);
        Assert.Equal("A", told["data"]["card"]["id"]);
        Assert.Equal("A", told["data"]["cardId"]);
        Assert.Equal("CP1", told["subject"]);
        Assert.Equal("authorize", told["data"]["cause"]);
        Assert.Equal(false, told["data"]["alreadyHappened"]);
    }

    [Theory]
    [InlineData(CardStatus.Blocked, CardDecision.Blocked)]
    [InlineData(CardStatus.Expired, CardDecision.Expired)]
    public void Tap_OfARefusedCard_StartsNoWorkflow(CardStatus status, CardDecision decision)
    {
        _desk.Card("A", status);
        Assert.Equal(decision, _desk.Tap("A"));
        Assert.Equal([EventTypes.CardRefused], _desk.EventTypes());
    }

    [Fact]
    public void Tap_OfACardNobodyKnows_IsUnknown() => Assert.Equal(CardDecision.Unknown, _desk.Tap("nobody"));

    [Fact]
    public void Block_BetweenTwoTaps_IsInForceAtOnce()
    {
        _desk.Tap("A");
        _desk.Card("A", CardStatus.Blocked);
        _desk.Wait(TimeSpan.FromSeconds(4));
        Assert.Equal(CardDecision.Blocked, _desk.Tap("A"));
    }

    [Fact]
    public void Tap_SentTwiceAtOnce_IsOneTap()
    {
        _desk.Tap("A");
        _desk.Wait(TimeSpan.FromSeconds(2));
        Assert.Equal(CardDecision.Accepted, _desk.Tap("A"));
        Assert.Single(_desk.Events);
    }

    [Fact]
    public void Tap_AfterTheWindow_IsAnother()
    {
        _desk.Tap("A");
        _desk.Wait(TimeSpan.FromSeconds(4));
        _desk.Tap("A");
        Assert.Equal(2, _desk.Events.Count);
    }

    [Fact]
    public void Tap_OfTwoCardsAtOnce_AreTwo()
    {
        _desk.Tap("A");
        _desk.Tap("B");
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Tap_WithTheSameEventId_IsTheSameEvenMuchLater()
    {
        _desk.Tap("A", "reader", "e-1");
        _desk.Wait(TimeSpan.FromMinutes(4));
        _desk.Tap("A", "reader", "e-1");
        Assert.Single(_desk.Events);
        Assert.Equal("e-1", _desk.Events[0]["id"]);
    }

    [Fact]
    public void Tap_OfLongAgo_IsDecidedAndStartsNothing()
    {
        Assert.Equal(CardDecision.Accepted, _desk.Tap("A", "reader", "e-1", Desk.Noon.AddMinutes(-6)));
        Assert.Empty(_desk.Events);
    }

    [Fact]
    public void Start_AfterItsAuthorize_IsTheSameTap()
    {
        _desk.Tap("A");
        _desk.Wait(TimeSpan.FromMinutes(2));
        _desk.Start(1, "A");
        Assert.Equal(1, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Start_OfALeasedCard_IsNoTapAtAll()
    {
        _desk.Acquire("A");
        _desk.Wait(TimeSpan.FromMinutes(4));
        _desk.Start(1, "A");
        Assert.Equal(0, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Start_WithoutAuthorize_TellsTheTap()
    {
        _desk.Start(1, "A");
        var told = _desk.Last(EventTypes.CardScanned);
        Assert.Equal("start-transaction", told["data"]["cause"]);
        Assert.Equal(true, told["data"]["alreadyHappened"]);
        Assert.Equal(1, told["data"]["connector"]);
    }

    [Fact]
    public void Stop_ByTheCardWithoutAuthorize_TellsTheTap()
    {
        var started = Begin("A");
        _desk.Stop(started.TransactionNumber.ToString(), 2000, card: "A");
        Assert.Equal("stop-transaction", _desk.Last(EventTypes.CardScanned)["data"]["cause"]);
        Assert.Equal("tap", _desk.Session(started.SessionId).EndCause);
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Stop_AfterItsAuthorize_IsTheSameTap()
    {
        var started = Begin("A");
        _desk.Tap("A");
        _desk.Wait(TimeSpan.FromSeconds(20));
        _desk.Stop(started.TransactionNumber.ToString(), 2000, card: "A", reason: "Local");
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
        Assert.Equal("tap", _desk.Session(started.SessionId).EndCause);
    }

    [Fact]
    public void SecondTap_SoonAfterChargingBegan_IsAnother()
    {
        _desk.Tap("A");
        _desk.Start(1, "A");
        _desk.Tap("A");
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Stop_ByARefusedCard_IsSettledWithoutATap()
    {
        var started = Begin("A");
        _desk.Card("A", CardStatus.Blocked);
        Assert.Equal(CardDecision.Blocked, _desk.Stop(started.TransactionNumber.ToString(), 2000, card: "A"));
        Assert.Equal("station", _desk.Session(started.SessionId).EndCause);
        Assert.Equal(1, _desk.Count(EventTypes.CardRefused));
    }

    [Fact]
    public void Stop_ByAnotherCard_TellsNoTapOfEither()
    {
        var started = Begin("A");
        _desk.Stop(started.TransactionNumber.ToString(), 2000, card: "B");
        Assert.Equal(1, _desk.Count(EventTypes.CardScanned));
        Assert.Equal("station", _desk.Session(started.SessionId).EndCause);
    }

    [Fact]
    public void Stop_OfLongAgo_TellsNoTapAndIsSettledAsTheStations()
    {
        var started = _desk.Start(1, "A", at: Desk.Noon.AddHours(-5));
        _desk.Stop(started.TransactionNumber.ToString(), 2000, at: Desk.Noon.AddHours(-3), card: "A");
        Assert.Equal(0, _desk.Count(EventTypes.CardScanned));
        Assert.Equal("station", _desk.Session(started.SessionId).EndCause);
    }

    [Fact]
    public void Stop_ThatWasAskedFor_IsNoTap()
    {
        var started = Begin("A");
        _desk.AskEnd(started.SessionId!);
        _desk.Stop(started.TransactionNumber.ToString(), 2000, card: "A");
        Assert.Equal(1, _desk.Count(EventTypes.CardScanned));
        Assert.Equal("request", _desk.Session(started.SessionId).EndCause);
    }

    [Fact]
    public void Authorize_SoonAfterAStartWasAsked_IsTheStationsOwnCheck()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.AskStart(lease.SessionId);
        Assert.Equal(CardDecision.Accepted, _desk.Tap("A"));
        Assert.Equal(0, _desk.Count(EventTypes.CardScanned));
        _desk.Wait(TimeSpan.FromSeconds(11));
        _desk.Tap("A");
        Assert.Equal(1, _desk.Count(EventTypes.CardScanned));
    }

    private ChargingStartedAnswer Begin(string card)
    {
        _desk.Tap(card);
        var started = _desk.Start(1, card);
        _desk.Wait(TimeSpan.FromMinutes(30));
        return started;
    }

    [Fact]
    public void Card_EnteredOnThePage_IsTheSameTapAsAtTheStation()
    {
        Assert.Equal(CardDecision.Accepted, _desk.Enter("A", "p1", slot: 2));
        Assert.Equal(CardDecision.Accepted, _desk.Enter("A", "p1", slot: 2));
        var told = Assert.Single(_desk.Events);
        Assert.Equal((EventTypes.CardScanned, "driver-page"), (told["type"].AsString(), told["data"]["cause"].AsString()));
        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
    }

    [Fact]
    public void Card_EnteredThatIsNotAccepted_StartsNoWorkflow()
    {
        _desk.Card("A", CardStatus.Blocked);
        Assert.Equal(CardDecision.Blocked, _desk.Enter("A", "p1"));
        Assert.Equal(CardDecision.Unknown, _desk.Enter("nobody", "p2"));
        Assert.Equal([EventTypes.CardRefused, EventTypes.CardRefused], _desk.EventTypes());
    }

    [Fact]
    public void Card_EnteredWhileItCharges_EndsNothing()
    {
        _desk.Start(1, "A");
        var told = _desk.Events.Count;
        Assert.Equal(CardDecision.ConcurrentSession, _desk.Enter("A", "p1"));
        Assert.Equal(told, _desk.Events.Count);
    }

    [Fact]
    public void Card_EnteredToEndASession_IsToldOnceAndNeverAfterTheEnd()
    {
        _desk.Enter("A", "p1");
        var lease = _desk.Acquire("A").Value!;
        var session = _desk.Start(1, "A", session: lease.SessionId).SessionId!;
        _desk.Enter("A", "p1-stop-1", ends: session);
        _desk.Enter("A", "p1-stop-1", ends: session);
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
        _desk.AskEnd(session);
        _desk.Enter("A", "p1-stop-2", ends: session);
        _desk.Stop(null, 2000, session: session);
        _desk.Enter("A", "p1-stop-3", ends: session);
        Assert.Equal(2, _desk.Count(EventTypes.CardScanned));
    }

    [Fact]
    public void Card_EnteredToEndAStrangersSession_IsNotTold()
    {
        var session = _desk.Start(1, "B").SessionId!;
        _desk.Enter("A", "p1", ends: session);
        Assert.Equal(1, _desk.Count(EventTypes.CardScanned));
    }
}
