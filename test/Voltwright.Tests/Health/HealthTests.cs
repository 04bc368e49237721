using Voltwright.Events;
using Voltwright.Health;
using Voltwright.Jq;
using Voltwright.Stations;
using Voltwright.Tests.Stations;

namespace Voltwright.Tests.Health;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Noon = Desk.Noon;

    [Fact]
    public void Uptime_OverDays_IsTheShareOfTheTimeKnown()
    {
        var meter = UpMeter.Start(true, Noon).Turn(false, Noon.AddHours(6)).Turn(true, Noon.AddHours(12));

        Assert.Equal(75m, meter.Percent(TimeSpan.FromDays(1), Noon.AddDays(1)));
        Assert.Equal(50m, meter.Percent(TimeSpan.FromDays(30), Noon.AddHours(12)));
        Assert.InRange(meter.Percent(TimeSpan.FromDays(7), Noon.AddDays(10)), 99m, 100m);
    }

    [Fact]
    public void Uptime_OfAMoment_IsAllOrNothing()
    {
        Assert.Equal(100, UpMeter.Start(true, Noon).Percent(TimeSpan.FromDays(1), Noon));
        Assert.Equal(0, UpMeter.Start(false, Noon).Percent(TimeSpan.FromDays(1), Noon));
    }

    [Fact]
    public void Uptime_ThatTurnsBackInTime_StaysAsItIs()
    {
        var meter = UpMeter.Start(true, Noon);
        Assert.Same(meter, meter.Turn(false, Noon.AddHours(-1)));
        Assert.Same(meter, meter.Turn(true, Noon.AddHours(1)));
    }

    [Fact]
    public void Record_OfEventsSeenTwice_CountsThemOnce()
    {
        var record = HealthRecord.Of("CP1", Noon).With(1, EventTypes.Connected, Noon, JsonObject.Empty);
        var gone = record.With(2, EventTypes.Disconnected, Noon.AddHours(1), JsonObject.Empty);

        Assert.Same(gone, gone.With(2, EventTypes.Disconnected, Noon.AddHours(1), JsonObject.Empty));
        Assert.Equal([Noon.AddHours(1)], gone.Disconnects);
        Assert.False(gone.Line.IsUp);
    }

    [Fact]
    public void Record_OfAFault_IsClosedByItsRecovery()
    {
        var fault = JsonValue.Parse("""{"slotNumber":2,"error":{"code":"GroundFailure","info":"wet"}}""");
        var record = HealthRecord.Of("CP1", Noon).With(1, EventTypes.Faulted, Noon, fault);
        Assert.False(record.Slots[2].IsUp);

        var recovered = record.With(2, EventTypes.Recovered, Noon.AddMinutes(5), fault);

        Assert.True(recovered.Slots[2].IsUp);
        Assert.Equal(("GroundFailure", "wet", (DateTimeOffset?)Noon.AddMinutes(5)), (recovered.Faults[0].Code, recovered.Faults[0].Info, recovered.Faults[0].RecoveredAt));
    }

    [Fact]
    public void Record_OfAFaultedSlot_CountsTheFaultOnceAndAWarningAsSuch()
    {
        var status = JsonValue.Parse("""{"slotNumber":1,"status":"faulted","error":"GroundFailure"}""");
        var warning = JsonValue.Parse("""{"slotNumber":1,"status":"charging","error":"WeakSignal"}""");

        var record = HealthRecord.Of("CP1", Noon).With(1, EventTypes.SlotStatus, Noon, status).With(2, EventTypes.SlotStatus, Noon, warning);

        Assert.Equal("WeakSignal", Assert.Single(record.Warnings).Code);
    }

    [Fact]
    public void Record_OfFirmware_NotesWhenItChanged()
    {
        var record = HealthRecord.Of("CP1", Noon);
        foreach (var (at, version) in new[] { (1, "1.0"), (2, "1.0"), (3, "2.0") })
            record = record.With(at, EventTypes.Booted, Noon.AddHours(at), JsonValue.Parse($$"""{"firmware":"{{version}}"}"""));

        Assert.Equal([new FirmwareSeen("1.0", Noon.AddHours(1)), new FirmwareSeen("2.0", Noon.AddHours(3))], record.Firmware);
    }

    [Fact]
    public void Report_OfAStationInTrouble_SaysWhyInPlainWords()
    {
        var desk = new Desk();
        desk.Do(t => Presence.Came(t, "link", "ocpp1.6"));
        desk.Status(1, "faulted", "GroundFailure");
        desk.Status(2, "available", "WeakSignal");

        var report = HealthReport.Of(desk.Station, HealthRecord.Of("CP1", Noon), null, TimeSpan.FromMinutes(-2), desk.Now);

        Assert.Equal("degraded", report.Status);
        Assert.Contains(report.Reasons, r => r.Contains("leaking current"));
        Assert.Contains(report.Reasons, r => r.Contains("radio"));
        Assert.Contains("Its clock is 120 s behind.", report.Reasons);
        Assert.Equal("Do not use the slot; have an electrician look at earth and cable.", report.Slots[0].Fault!.Explanation.Remedy);
    }

    [Fact]
    public void Report_OfAStationThatIsWell_IsGood_AndOneThatIsAwayIsBad()
    {
        var desk = new Desk();
        desk.Do(t => Presence.Came(t, "link", "ocpp1.6"));
        Assert.Equal("good", Report(desk).Status);
        desk.Do(t => Presence.Went(t, "link"));
        Assert.Equal("bad", Report(desk).Status);
    }

    [Fact]
    public void Trend_OfMoreFaultsThanTheWeekBefore_Rises()
    {
        var record = HealthRecord.Of("CP1", Noon) with
        {
            Faults = [new(1, "InternalError", null, null, Noon.AddDays(-9)), new(1, "InternalError", null, null, Noon.AddDays(-2)), new(1, "ReaderFailure", null, null, Noon)],
        };
        var trend = ErrorTrend.Of(record, Noon.AddMinutes(1));
        Assert.Equal(("rising", 1, 2, 1), (trend.Trend, trend.LastDay, trend.LastWeek, trend.WeekBefore));
        Assert.Equal("ReaderFailure", trend.Recent[0].Code);
    }

    [Fact]
    public void Code_OfAMaker_IsExplainedAsSuch() => Assert.Contains("'E-77'", Explanations.Of("E-77").Meaning);

    [Fact]
    public void Station_ThatIsAwayForLong_IsToldOfflineOnceAndOnlineAgain()
    {
        var desk = new Desk();
        desk.Do(t => Presence.Came(t, "link", "ocpp1.6"));
        desk.Do(t => Presence.Went(t, "link"));
        desk.Do(t => Presence.Came(t, "link2", "ocpp1.6"));
        Assert.Empty(desk.Timers);
        desk.Do(t => Presence.Went(t, "link2"));
        desk.Wait(TimeSpan.FromMinutes(2));
        desk.Do(Presence.TimerDue);
        desk.Do(Presence.TimerDue);
        desk.Do(t => Presence.Came(t, "link3", "ocpp2.0.1"));

        Assert.Equal((1, 1), (desk.Count(EventTypes.Offline), desk.Count(EventTypes.Online)));
        Assert.Equal("ocpp2.0.1", desk.Station.Protocol);
        Assert.Null(desk.Station.OfflineSince);
    }

    [Fact]
    public void Drift_OfAClock_IsTakenFromTheFreshestMessage()
    {
        var drift = new ClockDrift();
        Assert.Null(drift.Value);
        drift.Note(Noon.AddHours(-5), Noon);
        drift.Note(Noon.AddSeconds(40), Noon);
        drift.Note(Noon.AddSeconds(-20), Noon);
        Assert.Equal(TimeSpan.FromSeconds(40), drift.Value);
    }

    private static HealthReport Report(Desk desk) => HealthReport.Of(desk.Station, HealthRecord.Of("CP1", Noon), null, null, desk.Now);
}
