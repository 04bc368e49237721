using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Tests.Ocpp;

public class OcppCommandTests
{
    const string Id = "CP 1";

    [Fact]
    public async Task RemoteStart_ThenPlugIn_StartsAndRemoteStopStops()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, with: options => options with { StartsLocally = false });

        var started = await csms.AskAsync(Id, new RemoteStartTransactionRequest { ConnectorId = 2, IdTag = "TAG" });
        await station.PlugInAsync(1);
        await Task.Yield();
        await station.PlugInAsync(2);
        await station.WaitForSlotSessionAsync(2);
        var stopped = await csms.AskAsync(Id, new RemoteStopTransactionRequest { TransactionId = 1 });

        Assert.Equal((RemoteStartStopStatus.Accepted, RemoteStartStopStatus.Accepted), (started.Status, stopped.Status));
        Assert.Equal(2, (await csms.NextAsync<StartTransactionRequest>()).ConnectorId);
        Assert.Equal(Reason.Remote, (await csms.NextAsync<StopTransactionRequest>()).Reason);
    }

    [Fact]
    public async Task RemoteStop_OfNoTransaction_IsRejected()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        Assert.Equal(
            RemoteStartStopStatus.Rejected, (await csms.AskAsync(Id, new RemoteStopTransactionRequest { TransactionId = 9 })).Status);
    }

    [Fact]
    public async Task Unlock_WhileCharging_EndsTheTransactionFirst()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");

        Assert.Equal(UnlockStatus.Unlocked, (await csms.AskAsync(Id, new UnlockConnectorRequest { ConnectorId = 1 })).Status);

        Assert.Equal(Reason.UnlockCommand, (await csms.NextAsync<StopTransactionRequest>()).Reason);
        Assert.False(station.State.Slot(1).IsLocked);
    }

    [Fact]
    public async Task Unlock_OfAJammedOrMissingConnector_Fails()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        station.Jam(1);

        Assert.Equal(UnlockStatus.UnlockFailed, (await csms.AskAsync(Id, new UnlockConnectorRequest { ConnectorId = 1 })).Status);
        Assert.Equal(UnlockStatus.NotSupported, (await csms.AskAsync(Id, new UnlockConnectorRequest { ConnectorId = 9 })).Status);
    }

    [Fact]
    public async Task Led_SetByVendorData_IsSeen()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        var seen = station.WaitForLedColorAsync("main", "green");

        var answer = await csms.AskAsync(Id, Led("""{"led":"main","action":"flicker","color":"green","durationMs":3000}"""));

        Assert.Equal(DataTransferStatus.Accepted, answer.Status);
        Assert.Equal(new LedState("flicker", "green", 3000), await seen);
        Assert.Equal(DataTransferStatus.Rejected, (await csms.AskAsync(Id, Led("""{"led":"main","action":"dance"}"""))).Status);
        Assert.Equal(DataTransferStatus.Rejected, (await csms.AskAsync(Id, Led("nonsense"))).Status);
    }

    [Fact]
    public async Task Led_OnAStationWithout_IsAnUnknownVendor()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, with: options => options with { HasLeds = false });

        Assert.Equal(DataTransferStatus.UnknownVendorId, (await csms.AskAsync(Id, Led("""{"led":"main","action":"on"}"""))).Status);
    }

    [Fact]
    public async Task Availability_TakenWhileCharging_IsScheduled()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");

        var answer = await csms.AskAsync(Id, new ChangeAvailabilityRequest { ConnectorId = 0, Type = AvailabilityType.Inoperative });

        Assert.Equal(AvailabilityStatus.Scheduled, answer.Status);
        await station.WaitForStatusAsync(2, SlotStatus.Unavailable);
        await station.UnplugAsync(1);
        await station.WaitForStatusAsync(1, SlotStatus.Unavailable);
        await csms.AskAsync(Id, new ChangeAvailabilityRequest { ConnectorId = 1, Type = AvailabilityType.Operative });
        await station.WaitForStatusAsync(1, SlotStatus.Available);
    }

    [Fact]
    public async Task Reservation_OfAConnector_KeepsOthersOutAndEndsWithItsUse()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        Assert.Equal(ReservationStatus.Accepted, (await csms.AskAsync(Id, Reserve(1, "MINE"))).Status);
        await station.WaitForStatusAsync(1, SlotStatus.Reserved);
        Assert.Equal(ReservationStatus.Occupied, (await csms.AskAsync(Id, Reserve(2, "YOURS"))).Status);
        await station.TapAsync("YOURS", 1);
        await station.PlugInAsync(1);
        Assert.Null(station.State.Slot(1).CardId);
        await station.TapAsync("MINE", 1);

        Assert.Equal((1, "MINE"), await ReservationOfStart(csms));
    }

    [Fact]
    public async Task Reservation_Cancelled_FreesTheConnector()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await csms.AskAsync(Id, Reserve(1, "MINE"));
        await station.WaitForStatusAsync(1, SlotStatus.Reserved);

        Assert.Equal(
            CancelReservationStatus.Accepted, (await csms.AskAsync(Id, new CancelReservationRequest { ReservationId = 1 })).Status);
        Assert.Equal(
            CancelReservationStatus.Rejected, (await csms.AskAsync(Id, new CancelReservationRequest { ReservationId = 1 })).Status);

        await station.WaitForStatusAsync(1, SlotStatus.Available);
    }

    [Fact]
    public async Task Configuration_ReadAndWritten_KeepsItsRules()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        Assert.Equal(ConfigurationStatus.Accepted, await ChangeAsync(csms, "MeterValueSampleInterval", "15"));
        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(csms, "MeterValueSampleInterval", "-1"));
        Assert.Equal(ConfigurationStatus.Rejected, await ChangeAsync(csms, "NumberOfConnectors", "3"));
        Assert.Equal(ConfigurationStatus.NotSupported, await ChangeAsync(csms, "Colour", "blue"));
        var read = await csms.AskAsync(Id, new GetConfigurationRequest { Key = ["metervaluesampleinterval", "Colour"] });
        Assert.Equal("15", Assert.Single(read.ConfigurationKey!).Value);
        Assert.Equal("Colour", Assert.Single(read.UnknownKey!));
        Assert.True((await csms.AskAsync(Id, new GetConfigurationRequest())).ConfigurationKey!.Count > 10);
    }

    [Fact]
    public async Task Reset_WhileCharging_EndsTransactionsReconnectsAndBoots()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        await station.WaitForSlotSessionAsync(1);

        await csms.AskAsync(Id, new ResetRequest { Type = ResetType.Soft });

        Assert.Equal(Reason.SoftReset, (await csms.NextAsync<StopTransactionRequest>()).Reason);
        await csms.NextAsync<BootNotificationRequest>();
    }

    [Theory]
    [InlineData(MessageTrigger.BootNotification, typeof(BootNotificationRequest))]
    [InlineData(MessageTrigger.Heartbeat, typeof(HeartbeatRequest))]
    [InlineData(MessageTrigger.StatusNotification, typeof(StatusNotificationRequest))]
    [InlineData(MessageTrigger.MeterValues, typeof(MeterValuesRequest))]
    [InlineData(MessageTrigger.FirmwareStatusNotification, typeof(FirmwareStatusNotificationRequest))]
    public async Task Trigger_OfAMessage_SendsIt(MessageTrigger message, Type sent)
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        await csms.NextAsync<StatusNotificationRequest>(said => said.ConnectorId == 2);

        var answer = await csms.AskAsync(Id, new TriggerMessageRequest { RequestedMessage = message, ConnectorId = 1 });

        Assert.Equal(TriggerMessageStatus.Accepted, answer.Status);
        await csms.NextAsync<object>(said => said.GetType() == sent);
    }

    [Fact]
    public async Task Profile_WithALimit_LowersThePowerAndTheCompositeSchedule()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, speed: 600);
        var profile = new ChargingProfile
        {
            ChargingProfileId = 1,
            StackLevel = 0,
            ChargingProfilePurpose = ChargingProfilePurposeType.TxDefaultProfile,
            ChargingProfileKind = ChargingProfileKindType.Relative,
            ChargingSchedule = new ChargingSchedule
            {
                ChargingRateUnit = ChargingRateUnitType.A,
                ChargingSchedulePeriod = [new ChargingSchedulePeriod { StartPeriod = 0, Limit = 6 }],
            },
        };

        await csms.AskAsync(Id, new SetChargingProfileRequest { ConnectorId = 1, CsChargingProfiles = profile });
        await station.PlugInAsync(1);
        await station.TapAsync("TAG");
        await station.WaitForEnergyAsync(1, 100);

        Assert.Equal(6 * 230 * 3, station.State.Slot(1).PowerW);
        var composite = await csms.AskAsync(Id, new GetCompositeScheduleRequest { ConnectorId = 1, Duration = 3600 });
        Assert.Equal(4140, Assert.Single(composite.ChargingSchedule!.ChargingSchedulePeriod).Limit);
        var cleared = await csms.AskAsync(Id, new ClearChargingProfileRequest { Id = 1 });
        Assert.Equal(ClearChargingProfileStatus.Accepted, cleared.Status);
    }

    [Fact]
    public async Task LocalList_Updated_KeepsItsVersion()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);
        var entry = new AuthorizationData { IdTag = "TAG", IdTagInfo = new IdTagInfo { Status = AuthorizationStatus.Accepted } };

        await csms.AskAsync(
            Id, new SendLocalListRequest { ListVersion = 3, UpdateType = UpdateType.Full, LocalAuthorizationList = [entry] });
        var old = await csms.AskAsync(Id, new SendLocalListRequest { ListVersion = 2, UpdateType = UpdateType.Differential });

        Assert.Equal(UpdateStatus.VersionMismatch, old.Status);
        Assert.Equal(3, (await csms.AskAsync(Id, new GetLocalListVersionRequest())).ListVersion);
        Assert.True(station.LocalList.Allows("tag"));
    }

    [Fact]
    public async Task Firmware_Updated_ReportsEveryStepAndBootsWithIt()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, speed: 1000);
        await csms.NextAsync<BootNotificationRequest>();

        await csms.AskAsync(Id, new UpdateFirmwareRequest
        {
            Location = "http://127.0.0.1/files/2.1.0.bin",
            RetrieveDate = DateTimeOffset.UnixEpoch,
        });

        Assert.Equal("2.1.0", (await csms.NextAsync<BootNotificationRequest>()).FirmwareVersion);
        await csms.NextAsync<FirmwareStatusNotificationRequest>(said => said.Status == FirmwareStatus.Installed);
    }

    [Fact]
    public async Task Command_ThatIsForTheOtherEnd_IsAnsweredNotSupported()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms);

        var outcome = await csms.Peer(Id).CallRawAsync("Heartbeat", JsonElement.Parse("{}"));

        Assert.Equal("NotSupported", Assert.IsType<CallOutcome<JsonElement>.Refused>(outcome).Code);
    }

    [Fact]
    public async Task Station_ThatIsMute_NeverAnswersButTalks()
    {
        await using var csms = new TestCsms();
        await using var station = await OcppStationTests.StartAsync(csms, with: options => options with { IsMute = true });

        var outcome = await csms.Peer(Id).CallAsync(new ClearCacheRequest(), TimeSpan.FromMilliseconds(50));

        Assert.IsType<CallOutcome<ClearCacheResponse>.TimedOut>(outcome);
        await csms.NextAsync<HeartbeatRequest>();
    }

    static DataTransferRequest Led(string data) => new() { VendorId = "com.voltwright", MessageId = "SetLed", Data = data };

    static ReserveNowRequest Reserve(int id, string idTag) => new()
    {
        ConnectorId = 1,
        ExpiryDate = TimeProvider.System.GetUtcNow().AddHours(1),
        IdTag = idTag,
        ReservationId = id,
    };

    static async Task<(int?, string)> ReservationOfStart(TestCsms csms)
    {
        var start = await csms.NextAsync<StartTransactionRequest>();
        return (start.ReservationId, start.IdTag);
    }

    static async Task<ConfigurationStatus> ChangeAsync(TestCsms csms, string key, string value) =>
        (await csms.AskAsync(Id, new ChangeConfigurationRequest { Key = key, Value = value })).Status;
}
