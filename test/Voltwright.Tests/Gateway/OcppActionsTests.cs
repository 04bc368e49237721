using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Cards;
using Voltwright.Gateway;
using Voltwright.Gateway.Ocpp;
using Voltwright.Gateway.Ocpp.V16;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Tests.Gateway;

public sealed class OcppActionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly FakeStation _station = new("CP1");

    [Fact]
    public void Actions_OfAStation_AreAllServed() =>
        Assert.Equal(
            Ocpp16.Protocol.Messages.Where(m => m.Sender != Sender.ManagementSystem).Select(m => m.Action).Order(),
            Actions.Table.Actions.Order());

    [Theory]
    [InlineData("Authorize", """{"idTag":"TAG1"}""")]
    [InlineData("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""")]
    [InlineData("DataTransfer", """{"vendorId":"com.acme","messageId":"Door","data":"open"}""")]
    [InlineData("DiagnosticsStatusNotification", """{"status":"Uploaded"}""")]
    [InlineData("FirmwareStatusNotification", """{"status":"Installed"}""")]
    [InlineData("Heartbeat", "{}")]
    [InlineData("LogStatusNotification", """{"status":"Uploaded","requestId":3}""")]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"10"}]}]}""")]
    [InlineData("SecurityEventNotification", """{"type":"SettingSystemTime","timestamp":"2026-03-01T12:00:00Z"}""")]
    [InlineData("SignCertificate", """{"csr":"-----BEGIN"}""")]
    [InlineData("SignedFirmwareStatusNotification", """{"status":"Installed","requestId":3}""")]
    [InlineData("StartTransaction", """{"connectorId":1,"idTag":"TAG1","meterStart":10,"timestamp":"2026-03-01T12:00:00Z"}""")]
    [InlineData("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""")]
    [InlineData("StopTransaction", """{"transactionId":77,"meterStop":20,"timestamp":"2026-03-01T12:00:00Z"}""")]
    public async Task Answer_ToEveryAction_ConformsToItsSchema(string action, string payload)
    {
        var answer = Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync(action, payload)));

        Assert.Empty(Ocpp16.Protocol.Find(action)!.Response.Check(answer, Lenience.None));
    }

    [Theory]
    [InlineData("Fly", "{}", OcppErrorCode.NotImplemented)]
    [InlineData("RemoteStartTransaction", """{"idTag":"TAG1"}""", OcppErrorCode.NotSupported)]
    [InlineData("Authorize", """{"idTag":7}""", OcppErrorCode.TypeConstraintViolation)]
    [InlineData("Authorize", "{}", OcppErrorCode.OccurrenceConstraintViolation)]
    [InlineData("Authorize", """{"idTag":"123456789012345678901"}""", OcppErrorCode.PropertyConstraintViolation)]
    [InlineData("StartTransaction", """{"connectorId":0,"idTag":"T","meterStart":1,"timestamp":"2026-03-01T12:00:00Z"}""",
        OcppErrorCode.PropertyConstraintViolation)]
    [InlineData("StatusNotification",
        """{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"9999-01-01T00:00:00Z"}""",
        OcppErrorCode.PropertyConstraintViolation)]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"1970-01-01T00:00:00Z","sampledValue":[{"value":"1"}]}]}""",
        OcppErrorCode.PropertyConstraintViolation)]
    public async Task Message_ThatIsWrong_IsRefusedAndTellsNothing(string action, string payload, OcppErrorCode code)
    {
        var answer = await CallAsync(action, payload);

        Assert.Equal(code, Assert.IsType<OcppAnswer.Error>(answer).Code);
        Assert.Empty(_station.Told);
    }

    [Theory]
    [InlineData(CardDecision.Accepted, "Accepted")]
    [InlineData(CardDecision.Blocked, "Blocked")]
    [InlineData(CardDecision.Expired, "Expired")]
    [InlineData(CardDecision.Unknown, "Invalid")]
    [InlineData(CardDecision.ConcurrentSession, "ConcurrentTx")]
    public async Task Authorize_Decided_SaysSoInIdTagInfo(CardDecision decision, string status)
    {
        _station.Decision = decision;

        var answer = Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync("Authorize", """{"idTag":"TAG1"}""")));

        Assert.Equal(status, answer.GetProperty("idTagInfo").GetProperty("status").GetString());
        Assert.Equal(new CardFact("TAG1", null, "authorize", false, Now), _station.Single<CardFact>());
    }

    [Fact]
    public async Task StartTransaction_OfABlockedCard_IsTakenAndGetsItsNumber()
    {
        _station.Decision = CardDecision.Blocked;

        var answer = Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync(
            "StartTransaction", """{"connectorId":2,"idTag":"TAG1","meterStart":1500,"timestamp":"1970-01-01T00:00:05Z"}""")));

        Assert.Equal(77, answer.GetProperty("transactionId").GetInt32());
        Assert.Equal("Blocked", answer.GetProperty("idTagInfo").GetProperty("status").GetString());
        Assert.Equal(1500, _station.Single<ChargingStartedFact>().MeterStartWh);
    }

    [Fact]
    public async Task StopTransaction_WithoutReasonAndCard_IsLocalAndHasNoIdTagInfo()
    {
        var answer = Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync(
            "StopTransaction", """{"transactionId":77,"meterStop":9000,"timestamp":"2026-03-01T11:59:00Z"}""")));

        Assert.False(answer.TryGetProperty("idTagInfo", out _));
        var fact = _station.Single<ChargingStoppedFact>();
        Assert.Equal(("77", 9000, "Local"), (fact.TransactionId, fact.MeterStopWh, fact.Reason));
    }

    [Theory]
    [InlineData("""{"connectorId":0,"errorCode":"GroundFailure","status":"Faulted"}""", null, "faulted", "GroundFailure", null)]
    [InlineData("""{"connectorId":1,"errorCode":"NoError","status":"Charging"}""", 1, "charging", null, true)]
    [InlineData("""{"connectorId":1,"errorCode":"NoError","status":"SuspendedEV"}""", 1, "suspended", null, true)]
    [InlineData("""{"connectorId":1,"errorCode":"NoError","status":"SuspendedEVSE"}""", 1, "suspended-by-station", null, true)]
    [InlineData("""{"connectorId":2,"errorCode":"NoError","status":"Available"}""", 2, "available", null, false)]
    [InlineData("""{"connectorId":2,"errorCode":"NoError","status":"Preparing"}""", 2, "preparing", null, null)]
    [InlineData(
        """{"connectorId":1,"errorCode":"ConnectorLockFailure","status":"Charging"}""", 1, "charging", "ConnectorLockFailure", false)]
    public async Task StatusNotification_Translated_SaysSlotStatusErrorAndLock(
        string payload, int? slot, string status, string? error, bool? locked)
    {
        await CallAsync("StatusNotification", payload);

        var fact = _station.Single<SlotStatusFact>();
        Assert.Equal((slot, status, error, locked, Now), (fact.Slot, fact.Status, fact.Error, fact.Locked, fact.At));
    }

    [Fact]
    public async Task MeterValues_OfTheMainMeter_ConcernNoSlot()
    {
        await CallAsync(
            "MeterValues", """{"connectorId":0,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"10"}]}]}""");

        Assert.Empty(_station.Told);
    }

    [Theory]
    [InlineData("""{"value":"1234"}""", 1234L, null)]
    [InlineData("""{"value":"12.3456","unit":"kWh"}""", 12346L, null)]
    [InlineData("""{"value":"1234.5","unit":"Wh","measurand":"Energy.Active.Import.Register"}""", 1235L, null)]
    [InlineData("""{"value":"7.4","unit":"kW","measurand":"Power.Active.Import"},{"value":"5"}""", 5L, 7400L)]
    [InlineData("""{"value":"100","phase":"L1"},{"value":"200","phase":"L2"},{"value":"300","phase":"L3-N"}""", 600L, null)]
    [InlineData("""{"value":"100","phase":"L1"},{"value":"650"}""", 650L, null)]
    [InlineData("""{"value":"9","location":"Inlet"},{"value":"8","location":"Outlet"}""", 8L, null)]
    [InlineData("""{"value":"3","location":"EV"},{"value":"4"}""", 4L, null)]
    [InlineData("""{"value":"c2lnbmVk","format":"SignedData"},{"value":"4"}""", 4L, null)]
    public async Task SampledValues_InManyForms_AreIntegerWattHoursAndWatts(string sampled, long? energyWh, long? powerW)
    {
        await CallAsync(
            "MeterValues",
            $$"""{"connectorId":1,"transactionId":77,"meterValue":[{"timestamp":"2026-03-01T11:00:00Z","sampledValue":[{{sampled}}]}]}""");

        var fact = _station.Single<MeterFact>();
        Assert.Equal("77", fact.TransactionId);
        Assert.Equal(new MeterSample(Now.AddHours(-1), energyWh, powerW), Assert.Single(fact.Samples));
    }

    [Theory]
    [InlineData("""{"value":"21.5","measurand":"Temperature","unit":"Celsius"}""")]
    [InlineData("""{"value":"-5"}""")]
    [InlineData("""{"value":"1e15"}""")]
    [InlineData("""{"value":"broken"}""")]
    public async Task SampledValues_WithoutAnyUse_TellNothing(string sampled)
    {
        await CallAsync(
            "MeterValues", $$"""{"connectorId":1,"meterValue":[{"timestamp":"2026-03-01T11:00:00Z","sampledValue":[{{sampled}}]}]}""");

        Assert.Empty(_station.Told);
    }

    [Fact]
    public async Task VendorMessage_NotUnderstood_IsToldAndAnsweredUnknown()
    {
        var answer = Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync("DataTransfer", """{"vendorId":"com.acme","data":"open"}""")));

        Assert.Equal("UnknownVendorId", answer.GetProperty("status").GetString());
        var (vendor, message, data) = _station.Single<(string, string?, JsonValue)>();
        Assert.Equal(("com.acme", null, (JsonValue)"open"), (vendor, message, data));
    }

    [Fact]
    public async Task Card_OfAGroup_IsToldWithIt()
    {
        var sources = new OcppSources(id => Task.FromResult<Card?>(new Card(id, CardStatus.Active, GroupId: id == "LONG" ? new string('G', 30) : "FLEET")));
        foreach (var (card, parent) in new[] { ("TAG1", "FLEET"), ("LONG", null) })
        {
            var station = new OcppStation("CP1", "link", _station, new GatewayOptions(), _time) { Sources = sources };
            var answer = Parse((OcppAnswer.Result)await Actions.For(station)("Authorize", JsonElement.Parse($"{{\"idTag\":\"{card}\"}}"), default));
            Assert.Equal(parent, answer.GetProperty("idTagInfo").TryGetProperty("parentIdTag", out var told) ? told.GetString() : null);
        }
    }

    [Fact]
    public async Task Station_ThatIsPending_MayBootAndTellOfEnergyOnly()
    {
        const string boot = """{"chargePointVendor":"Acme","chargePointModel":"One"}""";
        var registered = Station.Register(new StationRegistration("CP1", "ocpp1.6", 1, "secret"), Now).Value!;
        _station.Station = registered with { Registration = Registration.Pending };
        var serve = Actions.For(new OcppStation("CP1", "link", _station, new GatewayOptions(), _time));
        Task<OcppAnswer> SayAsync(string action, string payload) => serve(action, JsonElement.Parse(payload), CancellationToken.None);

        var answer = Parse((OcppAnswer.Result)await SayAsync("BootNotification", boot));
        Assert.Equal(("Pending", 15), (answer.GetProperty("status").GetString(), answer.GetProperty("interval").GetInt32()));
        Assert.Equal(
            OcppErrorCode.SecurityError,
            ((OcppAnswer.Error)await SayAsync("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""")).Code);
        Assert.IsType<OcppAnswer.Result>(await SayAsync("StopTransaction", """{"transactionId":77,"meterStop":20,"timestamp":"2026-03-01T12:00:00Z"}"""));

        _station.Station = registered;
        Assert.Equal("Accepted", Parse((OcppAnswer.Result)await SayAsync("BootNotification", boot)).GetProperty("status").GetString());
        Assert.IsType<OcppAnswer.Result>(await SayAsync("Heartbeat", "{}"));
    }

    [Fact]
    public async Task BootInterval_OfManyStations_IsSpread()
    {
        var intervals = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            var station = new OcppStation($"CP{i}", "link", _station, new GatewayOptions(), _time);
            var answer = await Actions.For(station)(
                "BootNotification", JsonElement.Parse("""{"chargePointVendor":"Acme","chargePointModel":"One"}"""), CancellationToken.None);
            intervals.Add(Parse(Assert.IsType<OcppAnswer.Result>(answer)).GetProperty("interval").GetInt32());
        }

        Assert.True(intervals.Count > 5, $"only {intervals.Count} different intervals");
        Assert.All(intervals, i => Assert.InRange(i, 270, 300));
    }

    private Task<OcppAnswer> CallAsync(string action, string payload) =>
        Actions.For(new OcppStation(
            "CP1", "link", _station, new GatewayOptions(), _time))(action, JsonElement.Parse(payload), CancellationToken.None);

    private static JsonElement Parse(OcppAnswer.Result result)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
            result.WritePayload(writer);
        return JsonElement.Parse(output.ToArray());
    }
}
