using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class LeasingTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Acquire_OfAFreeStation_GivesTheLowestSlot()
    {
        var lease = _desk.Acquire("A").Value!;
        Assert.Equal(1, lease.SlotNumber);
        Assert.Equal(SlotStatus.Leased, _desk.Slot(1).Status);
        Assert.Equal(lease.SessionId, _desk.Slot(1).SessionId);
        Assert.Equal(lease.ExpiresAt, _desk.Timers[Turn.LeaseTimer(lease.SessionId)]);
        Assert.Equal([EventTypes.SessionLeased], _desk.EventTypes());
    }

    [Fact]
    public void Acquire_WithACablePlugged_PrefersThatSlot()
    {
        _desk.Status(2, "preparing");
        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
    }

    [Fact]
    public void Acquire_AfterATapAtASlotsOwnReader_GivesThatSlotThoughAnotherCarIsPlugged()
    {
        _desk.Status(1, "preparing");
        _desk.Do(turn => Tapping.Presented(turn, new CardFact("A", 2, "reader", false, _desk.Now, "e1"), new Card("A", CardStatus.Active)));
        _desk.Do(turn => Tapping.Presented(turn, new CardFact("B", 1, "reader", false, _desk.Now, "e2"), new Card("B", CardStatus.Active)));

        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
        Assert.Equal(1, _desk.Acquire("B").Value!.SlotNumber);
    }

    [Fact]
    public void Acquire_AfterATapAtATakenSlotsReader_GivesAnother()
    {
        _desk.Acquire("B");
        _desk.Do(turn => Tapping.Presented(turn, new CardFact("A", 1, "reader", false, _desk.Now, "e1"), new Card("A", CardStatus.Active)));

        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
    }

    [Fact]
    public void Acquire_BySameCardAgain_GivesTheSameLease()
    {
        var first = _desk.Acquire("A").Value!;
        Assert.Equal(first, _desk.Acquire("A").Value);
        Assert.Single(_desk.Sessions);
    }

    [Fact]
    public void Acquire_ForATapWhoseSessionIsOver_NamesThatOneAndTakesNoSlot()
    {
        var tap = _desk.Now;
        var over = _desk.Acquire("A").Value!;
        _desk.Do(t => _desk.Keep(t, Leasing.Release(t, t.Find(over.SessionId)!)));

        Assert.Equal(new Lease(over.SlotNumber, over.SessionId, null), _desk.Acquire("A", tap).Value);
        Assert.Null(_desk.Slot(over.SlotNumber).SessionId);
        Assert.NotEqual(over.SessionId, _desk.Acquire("A", _desk.Now).Value!.SessionId);
    }

    [Fact]
    public void Release_OfALeaseThatCouldNotBeStarted_FreesTheSlotUnlocksAndDarkens()
    {
        var id = _desk.Acquire("A").Value!.SessionId;
        _desk.AskStart(id);
        _desk.Lock(1, wanted: true, confirmed: true);
        _desk.Light(new LedState("on", "blue", null, id), 1);

        Assert.Equal(SessionStatus.Expired, _desk.Do(t => _desk.Keep(t, Leasing.Release(t, t.Find(id)!))).Value!.Status);

        Assert.Null(_desk.Slot(1).SessionId);
        Assert.False(_desk.Slot(1).Lock.Wanted);
        Assert.Equal(("off", "wanted"), (_desk.Station.Leds["1"].Action, _desk.Station.Leds["1"].Reached));
        Assert.True(_desk.HasUndelivered);
        Assert.Empty(_desk.Timers);
    }

    [Fact]
    public void Release_OfWhatCharges_IsRefused()
    {
        var id = _desk.Acquire("A").Value!.SessionId;
        _desk.Start(1, "A");

        Assert.Equal(RefusalKind.IllegalTransition, _desk.Do(t => Leasing.Release(t, t.Find(id)!)).Refusal!.Kind);
    }

    [Fact]
    public void Led_OfASession_GoesDarkWhenItEndsAndLeavesTheOthersAlone()
    {
        var id = _desk.Acquire("A").Value!.SessionId;
        var number = _desk.Start(1, "A").TransactionNumber;
        _desk.Light(new LedState("on", "blue", null, id), 1);
        _desk.Light(new LedState("on", "green", null), 2);

        _desk.Stop($"{number}", 2000);

        Assert.Equal(["off", "on"], _desk.Station.Leds.Values.Select(l => l.Action));
        Assert.True(_desk.HasUndelivered);
    }

    [Fact]
    public void Led_OfASessionThatMovedToAnotherSlot_GoesDarkWhereItWas()
    {
        var id = _desk.Acquire("A").Value!.SessionId;
        _desk.Light(new LedState("on", "blue", null, id), 1);

        _desk.Start(2, "A");

        Assert.Equal("off", _desk.Station.Leds["1"].Action);
    }

    [Fact]
    public void Led_ThatWouldGoBackToItsSessionsLight_StaysDark()
    {
        var blue = Led.Wanted(new LedState("on", "blue", null, "s"), null, Desk.Noon);
        var white = Led.Wanted(new LedState("flicker", "white", 3000), blue, Desk.Noon);

        Assert.Equal("s", white.AsOf(Desk.Noon.AddSeconds(4)).SessionId);
        Assert.Equal("off", white.Without("s", Desk.Noon).Action);
        Assert.Same(white, white.Without("other", Desk.Noon));
    }

    [Fact]
    public void Acquire_WhenAllIsTaken_IsRefusedInTheApisWords()
    {
        _desk.Acquire("A");
        _desk.Acquire("B");
        var refusal = _desk.Acquire("C").Refusal!;
        Assert.Equal(RefusalKind.NoSlotAvailable, refusal.Kind);
        Assert.Equal("No charging slots available", refusal.Detail);
    }

    [Theory]
    [InlineData("faulted")]
    [InlineData("unavailable")]
    [InlineData("charging")]
    [InlineData("finishing")]
    [InlineData("reserved")]
    [InlineData("suspended")]
    public void Acquire_OfASlotThatIsNotFree_TakesTheOther(string status)
    {
        _desk.Status(1, status);
        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
    }

    [Fact]
    public void Acquire_WhileTheStationIsFaulted_IsRefused()
    {
        _desk.Status(null, "faulted", "GroundFailure");
        Assert.Equal(RefusalKind.NoSlotAvailable, _desk.Acquire("A").Refusal!.Kind);
    }

    [Theory]
    [InlineData(CardStatus.Blocked)]
    [InlineData(CardStatus.Expired)]
    public void Acquire_ByACardThatIsNotActive_IsRefused(CardStatus status)
    {
        _desk.Card("A", status);
        Assert.Equal(RefusalKind.CardNotAccepted, _desk.Acquire("A").Refusal!.Kind);
    }

    [Fact]
    public void Acquire_ByAnUnknownCard_IsRefused() => Assert.Equal(RefusalKind.CardNotAccepted, _desk.Acquire("nobody").Refusal!.Kind);

    [Fact]
    public void Lease_NobodyPluggedIn_ExpiresAndFreesTheSlot()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.AskStart(lease.SessionId);
        _desk.Lock(1, wanted: true, confirmed: true);
        _desk.Wait(TimeSpan.FromMinutes(6));
        _desk.FireTimers();

        Assert.Equal(SessionStatus.Expired, _desk.Session(lease.SessionId).Status);
        Assert.Null(_desk.Slot(1).SessionId);
        Assert.False(_desk.Slot(1).Lock.Wanted);
        Assert.True(_desk.HasUndelivered);
        Assert.Equal(1, _desk.Count(EventTypes.SessionExpired));
        Assert.Empty(_desk.Timers);
    }

    [Fact]
    public void Lease_ThatBecameCharging_DoesNotExpire()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.Start(1, "A");
        Assert.Empty(_desk.Timers);
        _desk.Do(t => Leasing.LeaseTimerDue(t, lease.SessionId));
        Assert.Equal(SessionStatus.Charging, _desk.Session(lease.SessionId).Status);
    }

    [Fact]
    public void Lease_WhoseTimerFiresEarly_Waits()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.Do(t => Leasing.LeaseTimerDue(t, lease.SessionId));
        Assert.Equal(SessionStatus.Leased, _desk.Session(lease.SessionId).Status);
        Assert.Equal(lease.ExpiresAt, _desk.Timers[Turn.LeaseTimer(lease.SessionId)]);
    }

    [Fact]
    public void Lease_WhenTheCarIsPluggedElsewhere_Moves()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.Lock(1, wanted: true, confirmed: false);
        var started = _desk.Start(2, "A");

        Assert.Equal(lease.SessionId, started.SessionId);
        Assert.Equal(2, _desk.Session(lease.SessionId).SlotNumber);
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
        Assert.Equal(SlotStatus.Charging, _desk.Slot(2).Status);
        Assert.Equal(new SlotLock(true, true), _desk.Slot(2).Lock);
        Assert.Contains("Slot 1 was kept", _desk.Session(lease.SessionId).Notes[0]);
    }

    [Fact]
    public void Lease_WhoseSlotAnotherCardTook_MovesToAFreeOne()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.Start(1, "B");
        Assert.Equal(2, _desk.Session(lease.SessionId).SlotNumber);
        Assert.Equal(lease.SessionId, _desk.Slot(2).SessionId);
    }

    [Fact]
    public void Lease_WhoseSlotWasTakenAndNoneIsFree_Ends()
    {
        var desk = new Desk(slots: 1);
        var lease = desk.Acquire("A").Value!;
        var started = desk.Start(1, "B");
        Assert.Equal(SessionStatus.Expired, desk.Session(lease.SessionId).Status);
        Assert.Equal(started.SessionId, desk.Slot(1).SessionId);
        Assert.Empty(desk.Timers);
    }

    [Fact]
    public void Lease_EndedBeforeCharging_CostsNothingAndFreesTheSlot()
    {
        var lease = _desk.Acquire("A").Value!;
        var ended = _desk.AskEnd(lease.SessionId).Value!;
        Assert.Equal(SessionStatus.Ended, ended.Status);
        Assert.Equal(0, ended.Price!.Amount);
        Assert.Null(ended.StartedAt);
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
        Assert.Empty(_desk.Timers);
    }
}
