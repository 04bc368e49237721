using Voltwright.Jq;

namespace Voltwright.EndToEnd.Functions;

/// <summary>What every station can be asked to do, in words that all versions share.</summary>
public sealed class StationFunctionTests
{
    [Fact]
    public async Task Variables_OfAStation_AreReadAndWritten()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        station.Answers["GetConfiguration"] =
            """{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"}],"unknownKey":["Nonsense"]}""";
        station.Answers["ChangeConfiguration"] = """{"status":"RebootRequired"}""";

        var read = await system.GetAsync("stations/CP1/variables?name=HeartbeatInterval&name=Nonsense");
        var written = await system.SendAsync(HttpMethod.Put, "stations/CP1/variables/HeartbeatInterval", """{"value":"60"}""");

        Assert.Equal(
            JsonValue.Parse("""{"variables":[{"name":"HeartbeatInterval","value":"300","readOnly":false}],"unknown":["Nonsense"]}"""), read["answer"]);
        Assert.True(written["answer"]["rebootRequired"] == true);
        Assert.Equal("""{"key":["HeartbeatInterval","Nonsense"]}""", station.LastAsked("GetConfiguration").ToString());
        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData("reset", """{"kind":"hard"}""", "Reset", """{"type":"Hard"}""")]
    [InlineData("triggers", """{"message":"meter-values","slotNumber":1}""", "TriggerMessage", """{"requestedMessage":"MeterValues","connectorId":1}""")]
    [InlineData("triggers", """{"message":"log-status"}""", "ExtendedTriggerMessage", """{"requestedMessage":"LogStatusNotification"}""")]
    [InlineData("certificates", """{"certificate":"PEM"}""", "InstallCertificate", """{"certificateType":"CentralSystemRootCertificate","certificate":"PEM"}""")]
    [InlineData("certificates/renewal", "{}", "ExtendedTriggerMessage", """{"requestedMessage":"SignChargePointCertificate"}""")]
    public async Task Function_OfTheApi_IsAMessageToTheStation(string path, string body, string action, string payload)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);

        await system.PostAsync($"stations/CP1/{path}", body);

        Assert.Equal(JsonValue.Parse(payload), station.LastAsked(action));
        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData("reset", """{"kind":"gentle"}""", 400)]
    [InlineData("triggers", """{"message":"poetry"}""", 400)]
    [InlineData("logs", """{"kind":"gossip"}""", 400)]
    public async Task Function_ThatThereIsNot_IsRefused(string path, string body, int status)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await StationAsync(system);

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await system.Http.PostAsync($"/api/v2/stations/CP1/{path}", content);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Profiles_OfAStation_StackAndComeBack()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);

        await PutProfileAsync(system, 1, """{"purpose":"station-max","schedule":{"periods":[{"startSeconds":0,"limit":22000}]}}""");
        await PutProfileAsync(system, 2, """{"purpose":"default","slotNumber":1,"stackLevel":3,"schedule":{"unit":"A","periods":[{"startSeconds":0,"limit":16}]}}""");
        var composite = await system.GetAsync("stations/CP1/composite-schedule?slotNumber=1&seconds=3600");

        Assert.Equal(11_040, composite["periods"][0]["limit"]);
        Assert.Equal("TxDefaultProfile", station.LastAsked("SetChargingProfile")["csChargingProfiles"]["chargingProfilePurpose"].AsString());
        Assert.All((await system.GetAsync("stations/CP1/charging-profiles"))["profiles"].AsArray(), p => Assert.Equal("confirmed", p["reached"].AsString()));

        await system.SendAsync(HttpMethod.Delete, "stations/CP1/charging-profiles/2", null);
        Assert.Equal(22_000, (await system.GetAsync("stations/CP1/composite-schedule?slotNumber=1"))["periods"][0]["limit"]);
        Schemas.AssertAnswersConform(station);
    }

    [Fact]
    public async Task Vendor_ThatAnOperatorKnows_IsAnsweredAndTold()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        await system.SendAsync(HttpMethod.Put, "vendors/com.acme", """{"messages":{"Door":{"accepted":true,"data":"noted"}}}""");

        var answer = await station.CallAsync("DataTransfer", """{"vendorId":"com.acme","messageId":"Door","data":"open"}""");
        var unknown = await station.CallAsync("DataTransfer", """{"vendorId":"com.other"}""");

        Assert.Equal(("Accepted", "noted"), (answer["status"].AsString(), answer["data"].AsString()));
        Assert.Equal("UnknownVendorId", unknown["status"].AsString());
        var told = await system.GetAsync("events?type=com.ev-power-supplier.charging-station.data-transfer*");
        Assert.Equal(2, told["items"].AsArray().Count);
    }

    [Fact]
    public async Task Health_OfAStationWithAFault_IsSaidInPlainWords()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        await station.CallAsync("StatusNotification", """{"connectorId":2,"errorCode":"GroundFailure","status":"Faulted"}""");

        var health = await system.EventuallyAsync("stations/CP1/health", "one fault", h => h["errors"]["lastDay"] == 1);

        Assert.Equal("degraded", health["status"].AsString());
        Assert.Contains("leaking current", health["slots"][1]["fault"]["explanation"]["meaning"].AsString());
        Assert.True(health["line"]["connected"] == true);
        Assert.Equal("GroundFailure", health["errors"]["recent"][0]["code"].AsString());
    }

    private static Task PutProfileAsync(RunningSystem system, int id, string profile) =>
        system.SendAsync(HttpMethod.Put, $"stations/CP1/charging-profiles/{id}", profile);

    private static async Task<RawStation> StationAsync(RunningSystem system)
    {
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""");
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
        return station;
    }
}
