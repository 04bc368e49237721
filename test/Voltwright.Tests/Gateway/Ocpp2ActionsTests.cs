using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Voltwright.Gateway;
using Voltwright.Gateway.Ocpp;
using Voltwright.Gateway.Ocpp.V201;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V21;
using Voltwright.Stations;
using Voltwright.Testing;

namespace Voltwright.Tests.Gateway;

public sealed class Ocpp2ActionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly FakeStation _station = new("CP1");

    public static TheoryData<OcppVersion, string> StationActions => new(
        from protocol in new[] { Ocpp201.Protocol, Ocpp21.Protocol }
        from message in protocol.Messages
        where message.Sender != Sender.ManagementSystem
        select (protocol.Version, message.Action));

    [Fact]
    public void Actions_OfAStation_AreAllServed()
    {
        Assert.Equal(OfStations(Ocpp201.Protocol), Voltwright.Gateway.Ocpp.V201.Actions.Table.Actions.Order());
        Assert.Equal(OfStations(Ocpp21.Protocol), Voltwright.Gateway.Ocpp.V21.Actions.Table.Actions.Order());

        static IEnumerable<string> OfStations(OcppProtocol protocol) =>
            protocol.Messages.Where(m => m.Sender != Sender.ManagementSystem).Select(m => m.Action).Order();
    }

    [Theory]
    [MemberData(nameof(StationActions))]
    public async Task Answer_ToEveryAction_ConformsToItsSchema(OcppVersion version, string action)
    {
        var message = Protocol(version).Find(action)!;
        for (var seed = 0; seed < 4; seed++)
        {
            var payload = new SamplePayload(seed, everything: seed % 2 == 0).Of(message.Request).ToJsonString();

            var answer = await CallAsync(action, payload, version);

            if (message.IsAnswered)
                Assert.Empty(message.Response.Check(Parse(Assert.IsType<OcppAnswer.Result>(answer)), Lenience.None));
        }
    }

    [Theory]
    [InlineData(CardDecision.Accepted, "Accepted")]
    [InlineData(CardDecision.Blocked, "Blocked")]
    [InlineData(CardDecision.Expired, "Expired")]
    [InlineData(CardDecision.Unknown, "Unknown")]
    [InlineData(CardDecision.ConcurrentSession, "ConcurrentTx")]
    public async Task Authorize_Decided_SaysSoInIdTokenInfo(CardDecision decision, string status)
    {
        _station.Decision = decision;

        var answer = await AskAsync("Authorize", """{"idToken":{"idToken":"TAG1","type":"ISO14443"}}""");

        Assert.Equal(status, answer.GetProperty("idTokenInfo").GetProperty("status").GetString());
        Assert.Equal(new CardFact("TAG1", null, "authorize", false, Now), _station.Single<CardFact>());
    }

    [Fact]
    public async Task TransactionEvent_StartedWithACard_IsAStartWithItsRegisterAndStatus()
    {
        var answer = await AskAsync("TransactionEvent", Event("Started", "Authorized", "Charging", card: "TAG1", register: 12.5m, unit: "kWh"));

        Assert.Equal("Accepted", answer.GetProperty("idTokenInfo").GetProperty("status").GetString());
        Assert.Equal(new ChargingStartedFact(1, "TAG1", 12_500, Now, "T-1"), _station.Single<ChargingStartedFact>());
        Assert.Equal(("charging", true), (_station.Single<SlotStatusFact>().Status, _station.Single<SlotStatusFact>().Locked));
    }

    [Fact]
    public async Task TransactionEvent_StartedWithoutACard_IsAStartOfNobody()
    {
        var answer = await AskAsync("TransactionEvent", Event("Started", "CablePluggedIn", "EVConnected", register: 1000));

        Assert.False(answer.TryGetProperty("idTokenInfo", out _));
        Assert.Equal(new ChargingStartedFact(1, null, 1000, Now, "T-1"), _station.Single<ChargingStartedFact>());
    }

    [Fact]
    public async Task TransactionEvent_UpdatedWithReadings_IsMetered()
    {
        await AskAsync("TransactionEvent", Event("Updated", "MeterValuePeriodic", null, register: 2000));

        Assert.Equal(("T-1", 2000L), (_station.Single<MeterFact>().TransactionId, _station.Single<MeterFact>().Samples[0].EnergyWh));
        Assert.Empty(_station.Told.OfType<ChargingStartedFact>());
    }

    [Fact]
    public async Task TransactionEvent_WhoseAuthorizationIsEnded_IsATapThatHappened()
    {
        await AskAsync("TransactionEvent", Event("Updated", "StopAuthorized", "EVConnected", card: "TAG1", register: 2000));

        Assert.Equal(new CardFact("TAG1", 1, "stop-transaction", true, Now), _station.Single<CardFact>());
        Assert.Empty(_station.Told.OfType<ChargingStartedFact>());
    }

    [Fact]
    public async Task TransactionEvent_Ended_IsAStopWithItsLastReadingAndReason()
    {
        await AskAsync("TransactionEvent", Event("Ended", "EVDeparted", "Idle", register: 9000, reason: "EVDisconnected"));

        var fact = _station.Single<ChargingStoppedFact>();
        Assert.Equal(("T-1", 9000L, "EVDisconnected"), (fact.TransactionId, fact.MeterStopWh, fact.Reason));
        Assert.Equal("available", _station.Single<SlotStatusFact>().Status);
    }

    [Theory]
    [InlineData("""{"value":1234}""", 1234L, null)]
    [InlineData("""{"value":12.3456,"unitOfMeasure":{"unit":"kWh"}}""", 12346L, null)]
    [InlineData("""{"value":12.3456,"unitOfMeasure":{"unit":"Wh","multiplier":3}}""", 12346L, null)]
    [InlineData("""{"value":123456,"unitOfMeasure":{"unit":"kWh","multiplier":-3}}""", 123456L, null)]
    [InlineData("""{"value":7.4,"unitOfMeasure":{"unit":"kW"},"measurand":"Power.Active.Import"},{"value":5}""", 5L, 7400L)]
    [InlineData("""{"value":100,"phase":"L1"},{"value":200,"phase":"L2"},{"value":300,"phase":"L3-N"}""", 600L, null)]
    [InlineData("""{"value":100,"phase":"L1"},{"value":650}""", 650L, null)]
    [InlineData("""{"value":9,"location":"Inlet"},{"value":8,"location":"Outlet"}""", 8L, null)]
    [InlineData("""{"value":3,"location":"EV"},{"value":4}""", 4L, null)]
    public async Task SampledValues_InManyForms_AreIntegerWattHoursAndWatts(string sampled, long? energyWh, long? powerW)
    {
        await AskAsync("MeterValues", $$"""{"evseId":1,"meterValue":[{"timestamp":"2026-03-01T11:00:00Z","sampledValue":[{{sampled}}]}]}""");

        Assert.Equal(new MeterSample(Now.AddHours(-1), energyWh, powerW), Assert.Single(_station.Single<MeterFact>().Samples));
    }

    [Theory]
    [InlineData("""{"value":21.5,"measurand":"SoC"}""")]
    [InlineData("""{"value":-5}""")]
    [InlineData("""{"value":1,"unitOfMeasure":{"unit":"Wh","multiplier":99}}""")]
    [InlineData("""{"value":9999999999999999}""")]
    public async Task SampledValues_WithoutAnyUse_TellNothing(string sampled)
    {
        await AskAsync("MeterValues", $$"""{"evseId":1,"meterValue":[{"timestamp":"2026-03-01T11:00:00Z","sampledValue":[{{sampled}}]}]}""");

        Assert.Empty(_station.Told);
    }

    [Theory]
    [InlineData("Problem", "true", "Connector", 1, "faulted", "E-7")]
    [InlineData("Tripped", "true", "RCD", null, "faulted", "E-7")]
    [InlineData("AvailabilityState", "Unavailable", "Connector", 2, "unavailable", null)]
    public async Task NotifyEvent_ThatSaysHowAPartIs_IsAFact(string variable, string value, string component, int? evse, string status, string? error)
    {
        var place = evse is { } id ? $",\"evse\":{{\"id\":{id}}}" : "";

        await AskAsync("NotifyEvent", $$"""
            {"generatedAt":"2026-03-01T12:00:00Z","seqNo":0,"eventData":[{"eventId":1,"timestamp":"2026-03-01T12:00:00Z","trigger":"Alerting",
            "actualValue":"{{value}}","techCode":"E-7","component":{"name":"{{component}}"{{place}}},"variable":{"name":"{{variable}}"},
            "eventNotificationType":"HardWiredNotification"}]}
            """);

        var fact = _station.Single<SlotStatusFact>();
        Assert.Equal((evse, status, error), (fact.Slot, fact.Status, fact.Error));
        var (_, type, _, _) = _station.Single<(string, string, JsonValue, DateTimeOffset)>();
        Assert.Equal("com.ev-power-supplier.charging-station.device-events.v1", type);
    }

    [Fact]
    public async Task Message_OfTheFuture_IsRefusedAndTellsNothing()
    {
        var answer = await CallAsync(
            "StatusNotification", """{"timestamp":"9999-01-01T00:00:00Z","connectorStatus":"Available","evseId":1,"connectorId":1}""");

        Assert.Equal(OcppErrorCode.PropertyConstraintViolation, Assert.IsType<OcppAnswer.Error>(answer).Code);
        Assert.Empty(_station.Told);
    }

    private static string Event(
        string type, string trigger, string? state, string? card = null, decimal register = 0, string unit = "Wh", string? reason = null)
    {
        var token = card is null ? "" : $"\"idToken\":{{\"idToken\":\"{card}\",\"type\":\"ISO14443\"}},";
        var charging = state is null ? "" : $",\"chargingState\":\"{state}\"";
        var stopped = reason is null ? "" : $",\"stoppedReason\":\"{reason}\"";
        var unitOf = $"\"unitOfMeasure\":{{\"unit\":\"{unit}\"}}";
        return $$"""
            {"eventType":"{{type}}","timestamp":"2026-03-01T12:00:00Z","triggerReason":"{{trigger}}","seqNo":0,"evse":{"id":1},{{token}}
            "transactionInfo":{"transactionId":"T-1"{{charging}}{{stopped}}},"meterValue":[{"timestamp":"2026-03-01T12:00:00Z",
            "sampledValue":[{"value":{{register.ToString(System.Globalization.CultureInfo.InvariantCulture)}},{{unitOf}}} ] } ]}
            """;
    }

    private static OcppProtocol Protocol(OcppVersion version) => version == OcppVersion.V21 ? Ocpp21.Protocol : Ocpp201.Protocol;

    private async Task<JsonElement> AskAsync(string action, string payload, OcppSources? sources = null) =>
        Parse(Assert.IsType<OcppAnswer.Result>(await CallAsync(action, payload, sources: sources)));

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"status":"Accepted","exiResponse":"QkJC"}""", "Accepted", "QkJC")]
    [InlineData(HttpStatusCode.OK, """{"status":"Failed","exiResponse":""}""", "Failed", "")]
    [InlineData(HttpStatusCode.OK, """{"status":"Maybe","exiResponse":"QkJC"}""", "Failed", "")]
    [InlineData(HttpStatusCode.OK, "<html>", "Failed", "")]
    [InlineData(HttpStatusCode.BadGateway, "{}", "Failed", "")]
    [InlineData(null, "", "Failed", "")]
    public async Task Vehicle_ThatAsksForAContractCertificate_HasThePoolsAnswer(HttpStatusCode? status, string body, string answered, string exi)
    {
        const string request = """{"iso15118SchemaVersion":"urn:iso:15118:2:2013:MsgDef","action":"Install","exiRequest":"QUFB"}""";
        string? asked = null;
        using var http = new HttpClient(new Pool(async message =>
        {
            asked = $"{message.RequestUri} {await message.Content!.ReadAsStringAsync()}";
            return new(status ?? throw new HttpRequestException("nobody there")) { Content = new StringContent(body) };
        }));
        var pool = new ContractPool(new Uri("https://pool.example/v2g?key=1"), http, NullLogger<ContractPool>.Instance);

        var answer = await AskAsync("Get15118EVCertificate", request, OcppSources.None with { Contracts = pool });

        Assert.Equal($"https://pool.example/v2g?key=1&station=CP1 {request}", asked);
        Assert.Equal((answered, exi), (answer.GetProperty("status").GetString(), answer.GetProperty("exiResponse").GetString()));
    }

    private Task<OcppAnswer> CallAsync(
        string action, string payload, OcppVersion version = OcppVersion.V201, OcppSources? sources = null)
    {
        var station = new OcppStation("CP1", "link", _station, new GatewayOptions(), _time) { Sources = sources ?? OcppSources.None };
        var serve = version == OcppVersion.V21
            ? Voltwright.Gateway.Ocpp.V21.Actions.For(station)
            : Voltwright.Gateway.Ocpp.V201.Actions.For(station);
        return serve(action, JsonElement.Parse(payload), CancellationToken.None);
    }

    private static JsonElement Parse(OcppAnswer.Result result)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
            result.WritePayload(writer);
        return JsonElement.Parse(output.ToArray());
    }

    private sealed class Pool(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }
}
