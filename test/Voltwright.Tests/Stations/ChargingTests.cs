using Voltwright.Cards;
using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Stations;

namespace Voltwright.Tests.Stations;

public sealed class ChargingTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Session_FromTapToBill_IsPricedToTheWattHourAndCent()
    {
        var lease = _desk.Acquire("A").Value!;
        _desk.AskStart(lease.SessionId);
        var started = _desk.Start(1, "A", 1000);
        _desk.Wait(TimeSpan.FromMinutes(30));
        _desk.Meter(1, 4321);
        Assert.Equal(3321, _desk.Session(lease.SessionId).EnergyWh);
        _desk.Wait(TimeSpan.FromMinutes(30));
        _desk.Stop(started.TransactionNumber.ToString(), 8345, card: "A");

        var session = _desk.Session(lease.SessionId);
        Assert.Equal(SessionStatus.Ended, session.Status);
        Assert.Equal(7345, session.EnergyWh);
        // 7.345 kWh × 0.49 = 3.60, fee 1.00, tax 20 % of 4.60 = 0.92.
        Assert.Equal(552, session.Price!.Amount);
        Assert.Equal(
            [
                EventTypes.SessionLeased, EventTypes.SessionStarted, EventTypes.ChargingStarted, EventTypes.SessionCharging, EventTypes.MeterValues,
                EventTypes.ChargingStopped, EventTypes.CardScanned, EventTypes.SessionEnded,
            ],
            _desk.EventTypes());
        var told = _desk.Last(EventTypes.SessionEnded)["data"];
        Assert.Equal(lease.SessionId, told["sessionId"]);
        Assert.Equal(7345, told["energyWh"]);
        Assert.Equal(552, told["price"]["amount"]);
        Assert.Equal("tap", told["cause"]);
    }

    [Fact]
    public void Price_WhileItCharges_IsTheBillOfStoppingNow()
    {
        var started = _desk.Start(1, "A", 1000);
        Assert.Empty(Voltwright.Sessions.Session.Lease("s", "CP1", 1, "A", Desk.Tariff, Desk.Noon, Desk.Noon).PriceSoFar(_desk.Now).Lines);
        _desk.Wait(TimeSpan.FromMinutes(30));
        _desk.Meter(1, 4000);
        _desk.Status(1, "suspended");
        _desk.Wait(TimeSpan.FromMinutes(10));
        var soFar = _desk.Session(started.SessionId).PriceSoFar(_desk.Now);
        _desk.Stop(started.TransactionNumber.ToString(), 4000, at: _desk.Now);
        var bill = _desk.Session(started.SessionId).Price!;
        Assert.Contains(bill.Lines, line => line is { Kind: "idle", Amount: 100 });
        Assert.Equal(bill.Lines, soFar.Lines);
        Assert.Equal(bill, _desk.Session(started.SessionId).PriceSoFar(_desk.Now.AddDays(1)));
    }

    [Fact]
    public void Transaction_BegunWithoutACard_IsTheSessionOfTheCardThatComes()
    {
        Assert.Null(_desk.Start(new ChargingStartedFact(2, null, 1000, Desk.Noon, "T-1")).SessionId);
        Assert.Empty(_desk.Sessions);

        var started = _desk.Start(new ChargingStartedFact(0, "A", 1200, Desk.Noon.AddMinutes(1), "T-1"));

        var session = _desk.Session(started.SessionId);
        Assert.Equal((2, 1000L, "T-1"), (session.SlotNumber, session.MeterStartWh, session.TransactionId));
        Assert.Empty(_desk.Station.Unclaimed);
    }

    [Fact]
    public void Transaction_EndedWithoutACard_IsNobodysSession()
    {
        _desk.Start(new ChargingStartedFact(2, null, 1000, Desk.Noon, "T-1"));
        _desk.Stop("T-1", 1000);

        Assert.Empty(_desk.Sessions);
        Assert.Empty(_desk.Station.Unclaimed);
        Assert.Empty(_desk.Station.StopsAhead);
    }

    [Fact]
    public void Start_WithoutAReading_CountsFromTheFirstOne()
    {
        var started = _desk.Start(new ChargingStartedFact(1, "A", null, Desk.Noon, "T-1"));
        _desk.Wait(TimeSpan.FromMinutes(1));
        _desk.Meter(1, 700_000);
        _desk.Wait(TimeSpan.FromMinutes(1));
        _desk.Stop("T-1", null);

        var session = _desk.Session(started.SessionId);
        Assert.Equal((SessionStatus.Ended, 0L, 700_000L), (session.Status, session.EnergyWh, session.MeterStartWh));
    }

    [Fact]
    public void Start_Repeated_GivesTheSameAnswerAndOneSession()
    {
        var fact = new ChargingStartedFact(1, "A", 1000, Desk.Noon);
        var first = _desk.Start(fact);
        _desk.Card("A", CardStatus.Blocked);
        Assert.Equal(first, _desk.Start(fact));
        Assert.Single(_desk.Sessions);
        Assert.Equal(1, _desk.Count(EventTypes.ChargingStarted));
    }

    [Fact]
    public void Start_RepeatedAfterTheEnd_GivesTheSameAnswer()
    {
        var fact = new ChargingStartedFact(1, "A", 1000, Desk.Noon);
        var first = _desk.Start(fact);
        _desk.Stop(first.TransactionNumber.ToString(), 2000);
        Assert.Equal(first, _desk.Start(fact));
        Assert.Null(_desk.Slot(1).SessionId);
    }

    [Fact]
    public void Start_WithTheStationsOwnNumber_IsRecognisedByIt()
    {
        var first = _desk.Start(1, "A", 1000, transaction: "tx-9");
        Assert.Equal(first.SessionId, _desk.Start(1, "A", 1000, Desk.Noon.AddMinutes(1), "tx-9").SessionId);
        Assert.Equal("tx-9", _desk.Session(first.SessionId).TransactionId);
    }

    [Fact]
    public void Start_OfABlockedCard_IsAccountedForAndDoubted()
    {
        _desk.Card("A", CardStatus.Blocked);
        var started = _desk.Start(1, "A");
        Assert.Equal(CardDecision.Blocked, started.Decision);
        _desk.Stop(started.TransactionNumber.ToString(), 1100, reason: "DeAuthorized");
        Assert.Equal(100, _desk.Session(started.SessionId).EnergyWh);
        Assert.Equal("station", _desk.Session(started.SessionId).EndCause);
    }

    [Fact]
    public void Start_OfACardThatChargesAtAnotherSlot_IsConcurrent()
    {
        _desk.Start(1, "A");
        Assert.Equal(CardDecision.ConcurrentSession, _desk.Start(2, "A").Decision);
    }

    [Fact]
    public void Start_OfASlotNobodyRegistered_AddsTheSlot()
    {
        _desk.Start(4, "A");
        Assert.Equal(4, _desk.Station.Slots.Length);
        Assert.Equal(SlotStatus.Charging, _desk.Slot(4).Status);
    }

    [Fact]
    public void Start_WhileTheSlotStillCharges_LeavesTheOldSessionUntilItsEndArrives()
    {
        var first = _desk.Start(1, "A", 1000);
        _desk.Wait(TimeSpan.FromMinutes(10));
        var second = _desk.Start(1, "B", 3000);
        _desk.Stop(first.TransactionNumber.ToString(), 3000, reason: "EVDisconnected");

        Assert.Equal(2000, _desk.Session(first.SessionId).EnergyWh);
        Assert.Equal(second.SessionId, _desk.Slot(1).SessionId);
        Assert.True(_desk.Slot(1).Charging);
        Assert.Empty(_desk.Timers);
    }

    [Fact]
    public void Start_WhoseOldSessionNeverEnds_ClosesItAtTheLastReading()
    {
        var first = _desk.Start(1, "A", 1000);
        _desk.Wait(TimeSpan.FromMinutes(10));
        _desk.Meter(1, 2500);
        _desk.Start(1, "B", 3000);
        _desk.Wait(TimeSpan.FromMinutes(16));
        _desk.FireTimers();
        var session = _desk.Session(first.SessionId);
        Assert.Equal(SessionStatus.Ended, session.Status);
        Assert.Equal(1500, session.EnergyWh);
        Assert.Equal("station", session.EndCause);

        _desk.Stop(first.TransactionNumber.ToString(), 3000);
        Assert.Equal(2000, _desk.Session(first.SessionId).EnergyWh);
        Assert.Contains("struck anew", _desk.Session(first.SessionId).Notes[^1]);
        Assert.Equal(1, _desk.Count(EventTypes.SessionEnded));
        // Who counts sessions has to look at it again.
        Assert.Equal(1, _desk.Count(EventTypes.ChargingStopped));
    }

    [Fact]
    public void Stop_AfterItWasGivenUpWhileTheCarWasIdle_CountsTheRestAsIdle()
    {
        var (begin, session) = (_desk.Now, _desk.Session(_desk.Start(1, "A", 1000).SessionId));
        var idle = session with { IdleSince = begin.AddMinutes(10), Meter = session.Meter! with { LastAt = begin.AddMinutes(12) } };
        var stop = new ChargingStoppedFact(idle.TransactionId, 1, idle.Id, 3000, begin.AddMinutes(40), "Local", null);
        var late = idle.GiveUpWaitingForStop(begin.AddMinutes(60)).StopAtLast(stop, begin.AddMinutes(61));
        Assert.Equal(idle.Stop(stop, "station", begin.AddMinutes(61)).IdleSeconds, late.IdleSeconds);
        Assert.Equal(30 * 60, late.IdleSeconds);
    }

    [Fact]
    public void Stop_AfterItWasGivenUpAndPaid_IsNotedOnly()
    {
        var session = _desk.Session(_desk.Start(1, "A", 1000).SessionId);
        var paid = session.GiveUpWaitingForStop(_desk.Now).Settle(new("p", "taken", 120, "EUR"), taken: true).Value!;
        var late = paid.StopAtLast(new ChargingStoppedFact(paid.TransactionId, null, null, 3000, _desk.Now, "Local", null), _desk.Now);
        Assert.Equal((SessionStatus.Paid, 0L, paid.Price), (late.Status, late.EnergyWh, late.Price));
        Assert.Contains("paid already", late.Notes[^1]);
    }

    [Fact]
    public void Unplugged_WithoutAnEnd_ClosesAfterTheGraceUnlessItStillMeters()
    {
        var started = _desk.Start(1, "A", 1000);
        _desk.Status(1, "available");
        _desk.Wait(TimeSpan.FromMinutes(10));
        _desk.Meter(1, 1500);
        _desk.Wait(TimeSpan.FromMinutes(6));
        _desk.FireTimers();
        Assert.Equal(SessionStatus.Charging, _desk.Session(started.SessionId).Status);
        _desk.Wait(TimeSpan.FromMinutes(15));
        _desk.FireTimers();
        Assert.Equal(SessionStatus.Ended, _desk.Session(started.SessionId).Status);
        Assert.Equal(500, _desk.Session(started.SessionId).EnergyWh);
    }

    [Theory]
    [InlineData("available")]
    [InlineData("preparing")]
    public void Slot_ThatIsFreeAgainWithoutAnEnd_IsForTheNext_UnlessItStillCharges(string status)
    {
        var started = _desk.Start(1, "A", 1000);
        _desk.Status(1, status);
        Assert.Null(_desk.Slot(1).SessionId);
        _desk.Status(1, "charging");
        Assert.Equal(started.SessionId, _desk.Slot(1).SessionId);

        _desk.Status(1, status);
        var next = _desk.Start(1, "B", 1500);
        Assert.Equal((next.SessionId, SessionStatus.Charging), (_desk.Slot(1).SessionId, _desk.Session(started.SessionId).Status));
        _desk.Stop(started.TransactionNumber.ToString(), 1400);
        Assert.Equal((SessionStatus.Ended, 400L), (_desk.Session(started.SessionId).Status, _desk.Session(started.SessionId).EnergyWh));
        Assert.Equal(next.SessionId, _desk.Slot(1).SessionId);
    }

    [Fact]
    public void Stop_Repeated_ChangesNothing()
    {
        var started = _desk.Start(1, "A");
        _desk.Stop(started.TransactionNumber.ToString(), 2000);
        var ended = _desk.Session(started.SessionId);
        _desk.Stop(started.TransactionNumber.ToString(), 9999);
        Assert.Same(ended, _desk.Session(started.SessionId));
        Assert.Equal(1, _desk.Count(EventTypes.SessionEnded));
        Assert.Equal(1, _desk.Count(EventTypes.ChargingStopped));
    }

    [Fact]
    public void Stop_OfAnUnknownTransaction_IsToldAndEndsNothing()
    {
        var started = _desk.Start(1, "A");
        _desk.Stop("4711", 2000);
        Assert.Equal(SessionStatus.Charging, _desk.Session(started.SessionId).Status);
        Assert.Equal(1, _desk.Count(EventTypes.ChargingStopped));
    }

    [Fact]
    public void Stop_BeforeItsStart_IsAppliedWhenTheStartArrives()
    {
        _desk.Stop("tx-1", 2500, Desk.Noon.AddMinutes(-1), reason: "EVDisconnected");
        var started = _desk.Start(1, "A", 1000, Desk.Noon.AddMinutes(-4), "tx-1");
        var session = _desk.Session(started.SessionId);
        Assert.Equal(SessionStatus.Ended, session.Status);
        Assert.Equal(1500, session.EnergyWh);
        Assert.Null(_desk.Slot(1).SessionId);
    }

    [Fact]
    public void Stop_OfANumberThatIsGivenLater_IsAnotherSystems()
    {
        _desk.Stop("101", 2500, Desk.Noon.AddMinutes(-1));
        var started = _desk.Start(1, "A", 1000);
        Assert.Equal(101, started.TransactionNumber);
        Assert.Equal(SessionStatus.Charging, _desk.Session(started.SessionId).Status);
    }

    [Fact]
    public void Stop_BySlotAlone_EndsWhatChargesThere()
    {
        var started = _desk.Start(2, "A");
        _desk.Stop(null, 1200, slot: 2);
        Assert.Equal(200, _desk.Session(started.SessionId).EnergyWh);
    }

    [Fact]
    public void Stop_DeliveredDaysLater_KeepsTheStationsTimes()
    {
        var began = Desk.Noon.AddDays(-3);
        var started = _desk.Start(1, "A", 1000, began);
        _desk.Stop(started.TransactionNumber.ToString(), 6000, began.AddHours(2));
        var session = _desk.Session(started.SessionId);
        Assert.Equal((began, began.AddHours(2)), (session.StartedAt!.Value, session.EndedAt!.Value));
        Assert.Equal(5000, session.EnergyWh);
        Assert.True(session.ClosedAt >= Desk.Noon);
    }

    [Fact]
    public void Idle_FromSuspendedToTheEnd_IsPricedAsIdle()
    {
        var started = _desk.Start(1, "A", 1000);
        _desk.Wait(TimeSpan.FromMinutes(20));
        _desk.Status(1, "suspended");
        _desk.Wait(TimeSpan.FromMinutes(10));
        _desk.Stop(started.TransactionNumber.ToString(), 3000);
        var session = _desk.Session(started.SessionId);
        Assert.InRange(session.IdleSeconds, 599, 601);
        Assert.Equal(100, session.Price!.Lines.Single(l => l.Kind == "idle").Amount);
    }

    [Fact]
    public void Idle_WhenTheStationHoldsBack_IsNotTheDrivers()
    {
        var started = _desk.Start(1, "A", 1000);
        _desk.Status(1, "suspended-by-station");
        _desk.Wait(TimeSpan.FromMinutes(10));
        _desk.Stop(started.TransactionNumber.ToString(), 3000);
        Assert.Equal(0, _desk.Session(started.SessionId).IdleSeconds);
    }

    [Fact]
    public void Sessions_OfALongDay_AreRememberedWithinBounds()
    {
        for (var i = 0; i < 60; i++)
        {
            var started = _desk.Start(1, "A", 1000 + i, Desk.Noon.AddSeconds(i));
            _desk.Stop(started.TransactionNumber.ToString(), 2000);
        }

        Assert.Equal(60, _desk.Sessions.Count);
        Assert.Equal(16, _desk.Station.Sessions.Length);
        Assert.True(_desk.Station.Taps.Length <= 12);
    }
}
