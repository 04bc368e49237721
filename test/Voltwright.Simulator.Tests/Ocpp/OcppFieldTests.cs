using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.Ocpp;

/// <summary>What happens at real sites: storms, half sessions, orders at the wrong moment.</summary>
public class OcppFieldTests
{
    const string Id = "CP 1";

    [Fact]
    public async Task Stations_AllCrashingAtOnce_AllComeBack()
    {
        await using var csms = new TestCsms();
        var stations = await Task.WhenAll(Enumerable.Range(1, 20).Select(number =>
            OcppStationTests.StartAsync(csms, with: options => options with { Id = $"S{number}", Seed = number })));
        var lost = stations.Select(station =>
            station.State.WaitForChangeAsync("lost", change => Equals(change.State, "disconnected"), VirtualStation.Patience)).ToArray();

        foreach (var station in stations) await station.CrashAsync();
        await Task.WhenAll(lost);

        await Task.WhenAll(stations.Select(station => station.WaitForConnectionAsync(true)));
        foreach (var station in stations) await station.DisposeAsync();
    }

    [Fact]
    public async Task Cable_PulledBeforeTheStartWasAnswered_IsStillReportedWhole()
    {
        await using var csms = new TestCsms { DropOn = typeof(StartTransactionRequest) };
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.TapAsync("TAG");

        await station.PlugInAsync(1);
        await station.UnplugAsync(1);

        var stop = await csms.NextAsync<StopTransactionRequest>();
        Assert.Equal(2, csms.Everything.OfType<StartTransactionRequest>().Count());
        Assert.Equal(2, stop.TransactionId);
    }

    [Fact]
    public async Task Sessions_AtBothConnectors_AreKeptApart()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, speed: 600);
        await station.PlugInAsync(1, new Vehicle(MaxPowerW: 4_000));
        await station.TapAsync("ONE", 1);
        await station.PlugInAsync(2, new Vehicle(MaxPowerW: 16_000));
        await station.TapAsync("TWO", 2);

        await station.WaitForEnergyAsync(1, 200);
        await station.TapAsync("TWO");
        await station.TapAsync("ONE");

        var (first, second) = (await csms.NextAsync<StopTransactionRequest>(), await csms.NextAsync<StopTransactionRequest>());
        Assert.Equal(("TWO", "ONE"), (first.IdTag, second.IdTag));
        Assert.NotEqual(first.TransactionId, second.TransactionId);
        Assert.True(first.MeterStop > second.MeterStop);
    }

    [Fact]
    public async Task Card_AskedAboutAtItsSecondTap_IsNotStoppedLocally()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, with: options => options with { StopsLocally = false });
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");

        Assert.Equal(new TapResult.Decided("Accepted"), await station.TapAsync("TAG"));

        Assert.Equal(SlotStatus.Charging, station.State.Slot(1).Status);
        Assert.Equal(2, csms.Everything.OfType<AuthorizeRequest>().Count());
    }

    [Fact]
    public async Task RemoteStart_OfABusyOrBrokenConnector_IsRejected()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        await station.FaultAsync(2, "GroundFailure");

        Assert.Equal(RemoteStartStopStatus.Rejected, await RemoteStartAsync(csms, 1));
        Assert.Equal(RemoteStartStopStatus.Rejected, await RemoteStartAsync(csms, 2));
        Assert.Equal(RemoteStartStopStatus.Rejected, await RemoteStartAsync(csms, 3));
    }

    [Fact]
    public async Task Cable_OfAJammedConnector_CannotBePulled()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.PlugInAsync(1);
        station.Jam(1);

        Assert.False(await station.UnplugAsync(1));
        station.Jam(1, jammed: false);
        Assert.True(await station.UnplugAsync(1));
    }

    [Fact]
    public async Task Fault_OfTheWholeStation_TellsConnectorZero()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        await station.FaultAsync(null, "PowerMeterFailure");
        await station.RecoverAsync(null);
        await station.OpenDoorAsync();

        var fault = await csms.NextAsync<StatusNotificationRequest>(said => said.Status == ChargePointStatus.Faulted);
        Assert.Equal((0, ChargePointErrorCode.PowerMeterFailure), (fault.ConnectorId, fault.ErrorCode));
        await csms.NextAsync<StatusNotificationRequest>(said => said is { ConnectorId: 0, ErrorCode: ChargePointErrorCode.NoError });
        Assert.Equal("door opened", (await csms.NextAsync<StatusNotificationRequest>(said => said.VendorErrorCode is not null)).Info);
    }

    [Fact]
    public async Task Profile_ForATransaction_NeedsOne()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        var profile = new ChargingProfile
        {
            ChargingProfileId = 1,
            StackLevel = 0,
            ChargingProfilePurpose = ChargingProfilePurposeType.TxProfile,
            ChargingProfileKind = ChargingProfileKindType.Relative,
            ChargingSchedule = new()
            {
                ChargingRateUnit = ChargingRateUnitType.W,
                ChargingSchedulePeriod = [new() { StartPeriod = 0, Limit = 1 }],
            },
        };

        var early = await csms.AskAsync(Id, new SetChargingProfileRequest { ConnectorId = 1, CsChargingProfiles = profile });
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        var now = await csms.AskAsync(Id, new SetChargingProfileRequest { ConnectorId = 1, CsChargingProfiles = profile });

        Assert.Equal((ChargingProfileStatus.Rejected, ChargingProfileStatus.Accepted), (early.Status, now.Status));
    }

    [Fact]
    public async Task Trigger_ForACertificate_IsTaken_AndForAConnectorThatIsNotThereRejected()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        var certificate = await csms.AskAsync(
            Id, new ExtendedTriggerMessageRequest { RequestedMessage = ExtendedMessageTrigger.SignChargePointCertificate });
        var nowhere = await csms.AskAsync(Id, new TriggerMessageRequest { RequestedMessage = MessageTrigger.MeterValues, ConnectorId = 9 });

        Assert.Equal(ExtendedTriggerMessageStatus.Accepted, certificate.Status);
        Assert.Equal(TriggerMessageStatus.Rejected, nowhere.Status);
    }

    [Fact]
    public async Task Latency_FromTapToLed_CanBeMeasured()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        var green = station.State.WaitForChangeAsync(
            "green", change => change.State is LedState { Color: "green" }, VirtualStation.Patience);
        var tapped = station.Clock.Time.GetTimestamp();

        await station.TapAsync("TAG");
        await csms.Peer(Id).CallAsync(new DataTransferRequest
        {
            VendorId = "com.voltwright",
            MessageId = "SetLed",
            Data = """{"led":"main","action":"on","color":"green"}""",
        });

        Assert.True(station.Clock.Time.GetElapsedTime(tapped, (await green).Timestamp) > TimeSpan.Zero);
    }

    [Fact]
    public async Task Station_SwitchedOff_SaysGoodbye()
    {
        await using var csms = new TestCsms();
        var station = await OcppStationTests.StartAsync(csms);
        var pending = csms.Peer(Id);

        await station.DisposeAsync();

        Assert.False(station.State.IsConnected);
        Assert.IsType<CallOutcome<ClearCacheResponse>.Disconnected>(await pending.CallAsync(new ClearCacheRequest()));
    }

    static async Task<RemoteStartStopStatus> RemoteStartAsync(TestCsms csms, int connector) =>
        (await csms.AskAsync(Id, new RemoteStartTransactionRequest { ConnectorId = connector, IdTag = "OTHER" })).Status;
}
