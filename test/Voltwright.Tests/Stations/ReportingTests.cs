using Voltwright.Events;
using Voltwright.Sessions;
using Voltwright.Stations;
using Voltwright.Support;

namespace Voltwright.Tests.Stations;

public sealed class ReportingTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Fault_OfASlot_IsToldWithItsError()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        var data = _desk.Last(EventTypes.Faulted)["data"];
        Assert.Equal(1, data["slotNumber"]);
        Assert.Equal("GroundFailure", data["error"]["code"]);
        Assert.Equal(SlotStatus.Faulted, _desk.Slot(1).Status);
    }

    [Fact]
    public void Fault_OfTheStation_HasNoSlot()
    {
        _desk.Status(null, "faulted", "InternalError");
        Assert.True(_desk.Last(EventTypes.Faulted)["data"]["slotNumber"].IsNull);
        Assert.Equal(StationStatus.Faulted, _desk.Station.Status);
    }

    [Fact]
    public void Fault_Repeated_IsToldOnce()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        _desk.Wait(TimeSpan.FromHours(1));
        _desk.Status(1, "faulted", "GroundFailure");
        Assert.Equal(1, _desk.Count(EventTypes.Faulted));
    }

    [Fact]
    public void Fault_ThatFlaps_IsToldOnceInTheWindow()
    {
        for (var i = 0; i < 5; i++)
        {
            _desk.Status(1, "faulted", "GroundFailure");
            _desk.Wait(TimeSpan.FromSeconds(2));
            _desk.Status(1, "available");
            _desk.Wait(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1, _desk.Count(EventTypes.Faulted));
        _desk.Wait(TimeSpan.FromMinutes(1));
        _desk.Status(1, "faulted", "GroundFailure");
        Assert.Equal(2, _desk.Count(EventTypes.Faulted));
    }

    [Fact]
    public void Fault_ToldWithAndWithoutItsName_IsOneInEitherOrder()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        _desk.Status(1, "faulted");
        _desk.Status(2, "faulted");
        _desk.Status(2, "faulted", "OverVoltage");

        Assert.Equal(2, _desk.Count(EventTypes.Faulted));
        Assert.Equal(("GroundFailure", "Faulted"), (_desk.Slot(1).Fault!.Code, _desk.Slot(2).Fault!.Code));
    }

    [Fact]
    public void Fault_OfAnotherKind_IsToldToo()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        _desk.Status(1, "faulted", "OverVoltage");
        Assert.Equal(2, _desk.Count(EventTypes.Faulted));
    }

    [Fact]
    public void Fault_Gone_IsTold()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        _desk.Status(1, "available");
        Assert.Equal("GroundFailure", _desk.Last(EventTypes.Recovered)["data"]["error"]["code"]);
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
    }

    [Fact]
    public void Error_WithAnotherStatus_IsAWarning()
    {
        _desk.Status(1, "charging", "WeakSignal");
        Assert.Equal(0, _desk.Count(EventTypes.Faulted));
        Assert.Equal("WeakSignal", _desk.Slot(1).Warning);
        Assert.Equal("WeakSignal", _desk.Last(EventTypes.SlotStatus)["data"]["error"]);
    }

    [Fact]
    public void Status_Repeated_IsToldOnce()
    {
        _desk.Status(1, "available");
        _desk.Status(1, "available");
        Assert.Equal(1, _desk.Count(EventTypes.SlotStatus));
    }

    [Fact]
    public void Status_ReplayedFromThePast_ChangesNothing()
    {
        _desk.Status(1, "available");
        _desk.Status(1, "faulted", "GroundFailure", Desk.Noon.AddHours(-2));
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
        Assert.Equal(0, _desk.Count(EventTypes.Faulted));
    }

    [Fact]
    public void Status_OfASlotNobodyRegistered_IsToldWithTheRemedy()
    {
        _desk.Status(9, "available");
        Assert.Contains("raise the number of slots", _desk.Last(EventTypes.SlotStatus)["data"]["problem"].AsString());
    }

    [Fact]
    public void Unplugged_WithoutSession_FreesALockedSlot()
    {
        _desk.Lock(1, wanted: true, confirmed: true);
        Assert.Equal(SlotStatus.Locked, _desk.Slot(1).Status);
        _desk.Status(1, "available");
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
    }

    [Fact]
    public void Suspended_AndChargingAgain_AddsUpIdleTime()
    {
        var started = _desk.Start(1, "A");
        _desk.Status(1, "suspended");
        _desk.Wait(TimeSpan.FromSeconds(90));
        _desk.Status(1, "charging");
        _desk.Wait(TimeSpan.FromSeconds(90));
        Assert.InRange(_desk.Session(started.SessionId).IdleSeconds, 90, 91);
        Assert.Equal(SessionStatus.Charging, _desk.Session(started.SessionId).Status);
    }

    [Fact]
    public void Incident_Reported_TakesItsSlotOutOfOrder()
    {
        var ticket = _desk.Report(1, "GroundFailure").Value!;
        Assert.Equal(SlotStatus.OutOfOrder, _desk.Slot(1).Status);
        Assert.Equal(SlotStatus.Available, _desk.Slot(2).Status);
        Assert.Equal(2, _desk.Acquire("A").Value!.SlotNumber);
        _desk.Close(ticket.Id);
        Assert.Equal(SlotStatus.Available, _desk.Slot(1).Status);
    }

    [Fact]
    public void Incident_ReportedAgain_IsTheSameTicket()
    {
        var first = _desk.Report(1, "GroundFailure").Value!;
        var second = _desk.Report(1, "GroundFailure").Value!;
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, second.Reports);
        Assert.Single(_desk.Tickets);
        Assert.NotEqual(first.Id, _desk.Report(2, "GroundFailure").Value!.Id);
        Assert.NotEqual(first.Id, _desk.Report(1, "OverVoltage").Value!.Id);
    }

    [Fact]
    public void Incident_AfterItsTicketWasClosed_OpensAnother()
    {
        var first = _desk.Report(1, "GroundFailure").Value!;
        _desk.Close(first.Id);
        Assert.NotEqual(first.Id, _desk.Report(1, "GroundFailure").Value!.Id);
    }

    [Fact]
    public void Incident_OfTheWholeStation_TakesEverySlotOut()
    {
        var whole = _desk.Report(null, "Vandalism").Value!;
        var one = _desk.Report(1, "GroundFailure").Value!;
        Assert.Equal(StationStatus.OutOfOrder, _desk.Station.Status);
        Assert.Equal(RefusalKind.NoSlotAvailable, _desk.Acquire("A").Refusal!.Kind);
        _desk.Close(whole.Id);
        Assert.Equal(SlotStatus.OutOfOrder, _desk.Slot(1).Status);
        Assert.Equal(SlotStatus.Available, _desk.Slot(2).Status);
        Assert.Equal(TicketStatus.Open, _desk.Tickets.Single(t => t.Id == one.Id).Status);
    }

    [Fact]
    public void Incident_AboutMoney_LeavesTheStationInService()
    {
        _desk.Report(null, "payment-refused", "s-1");
        Assert.False(_desk.Station.OutOfOrder);
        Assert.NotNull(_desk.Acquire("A").Value);
    }

    [Fact]
    public void Recovery_OfAReportedFault_IsNotedAndTheSlotStaysOut()
    {
        _desk.Status(1, "faulted", "GroundFailure");
        var ticket = _desk.Report(1, "GroundFailure").Value!;
        _desk.Status(1, "available");
        Assert.NotNull(_desk.Tickets.Single(t => t.Id == ticket.Id).RecoveredAt);
        Assert.Equal(SlotStatus.OutOfOrder, _desk.Slot(1).Status);
    }

    [Fact]
    public void Ticket_OfAnotherStation_IsNotFound() => Assert.Equal(RefusalKind.NotFound, _desk.Close("t-nowhere").Refusal!.Kind);
}
