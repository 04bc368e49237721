using System.Net;
using System.Text;
using Voltwright.Jq;

namespace Voltwright.EndToEnd.Functions;

/// <summary>Firmware that is followed until it runs, and logs that arrive here.</summary>
public sealed class MaintenanceTests
{
    [Fact]
    public async Task Campaign_OfFirmware_IsFollowedStationByStation()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system, "CP1");
        await system.RegisterAsync("AWAY", "ocpp1.6", 1);

        var campaign = await system.PostAsync(
            "firmware", """{"location":"http://127.0.0.1:9/fw.bin","version":"2.0","stationIds":["CP1","AWAY"]}""");

        var path = $"firmware/{campaign["id"].AsString()}";
        await StatusAsync(system, path, "CP1", "told");
        Assert.Equal("http://127.0.0.1:9/fw.bin", station.LastAsked("UpdateFirmware")["location"].AsString());
        foreach (var (said, status) in new[] { ("Downloading", "downloading"), ("Downloaded", "downloaded"), ("Installing", "installing") })
        {
            await station.CallAsync("FirmwareStatusNotification", $$"""{"status":"{{said}}"}""");
            await StatusAsync(system, path, "CP1", status);
        }

        await station.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One","firmwareVersion":"2.0"}""");

        var progress = await StatusAsync(system, path, "CP1", "installed");
        Assert.Equal(JsonValue.Parse("""{"installed":1,"wanted":1}"""), Sorted(progress["counts"]));
        Assert.Equal("2.0", (await system.GetAsync("stations/CP1/health"))["firmware"]["version"].AsString());
    }

    [Fact]
    public async Task Campaign_ThatIsFollowedByANewer_GivesWay()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await StationAsync(system, "CP1");
        const string Wanted = """{"location":"http://127.0.0.1:9/fw.bin","stationIds":["CP1"]}""";
        var first = await system.PostAsync("firmware", Wanted);
        await StatusAsync(system, $"firmware/{first["id"].AsString()}", "CP1", "told");

        var second = await system.PostAsync("firmware", Wanted);

        await StatusAsync(system, $"firmware/{second["id"].AsString()}", "CP1", "told");
        await StatusAsync(system, $"firmware/{first["id"].AsString()}", "CP1", "replaced");
    }

    [Theory]
    [InlineData("""{"location":"here","stationIds":["CP1"]}""", "location")]
    [InlineData("""{"location":"http://a/b","stationIds":[]}""", "stationIds")]
    [InlineData("""{"location":"http://a/b","stationIds":["NONE"]}""", "NONE")]
    [InlineData("""{"location":"http://a/b","stationIds":["CP1"],"signature":"c2ln"}""", "signingCertificate")]
    public async Task Campaign_ThatCannotBe_IsRefusedByName(string wanted, string named)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.RegisterAsync("CP1", "ocpp1.6", 1);

        using var content = new StringContent(wanted, Encoding.UTF8, "application/json");
        using var answer = await system.Http.PostAsync("/api/v2/firmware", content);

        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Log_ThatAStationUploads_IsListedAndDownloaded()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system, "CP1");

        var asked = await system.PostAsync("stations/CP1/logs", """{"kind":"security"}""");
        var wanted = station.LastAsked("GetLog");
        Assert.Equal("SecurityLog", wanted["logType"].AsString());
        using var stranger = new HttpClient();
        using var body = new ByteArrayContent("door opened"u8.ToArray());
        using var sent = await stranger.PutAsync($"{wanted["log"]["remoteLocation"].AsString()}/../sec log.txt", body);
        using var rightly = await stranger.PutAsync($"{wanted["log"]["remoteLocation"].AsString()}/sec.log", body);
        await station.CallAsync("LogStatusNotification", $$"""{"status":"Uploaded","requestId":{{wanted["requestId"]}}}""");

        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, rightly.StatusCode);
        var log = await system.EventuallyAsync($"logs/{asked["id"].AsString()}", "uploaded", l => l["status"] == "uploaded");
        Assert.Equal((1, 11), (log["files"].AsArray().Count, (int)log["files"][0]["bytes"].AsDouble()));
        var name = log["files"][0]["name"].AsString();
        Assert.Equal("door opened", await system.Http.GetStringAsync($"/api/v2/logs/{asked["id"].AsString()}/files/{name}"));
        Assert.Single((await system.GetAsync("logs?stationId=CP1"))["items"].AsArray());
    }

    [Fact]
    public async Task Log_SentAsAForm_IsTakenToo()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system, "CP1");
        var asked = await system.PostAsync("stations/CP1/logs", "{}");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[1000]), "file", "diag.zip" } };
        using var stranger = new HttpClient();

        using var sent = await stranger.PostAsync(station.LastAsked("GetLog")["log"]["remoteLocation"].AsString(), form);

        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        Assert.Equal("1-diag.zip", (await system.GetAsync($"logs/{asked["id"].AsString()}"))["files"][0]["name"].AsString());
    }

    [Theory]
    [InlineData("/uploads/l-1/secret")]
    [InlineData("/uploads/none/none/file.txt")]
    public async Task Address_ThatNobodyWasGiven_TakesNothing(string path)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        using var stranger = new HttpClient { BaseAddress = system.Http.BaseAddress };
        using var body = new ByteArrayContent([1, 2, 3]);

        using var answer = await stranger.PutAsync(path, body);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<RawStation> StationAsync(RunningSystem system, string id)
    {
        var station = await system.AddRawStationAsync(id);
        await station.CallAsync("Heartbeat", "{}");
        await system.EventuallyAsync($"stations/{id}", "connected", s => s["connected"] == true);
        return station;
    }

    private static Task<JsonValue> StatusAsync(RunningSystem system, string path, string station, string status) => system.EventuallyAsync(
        path, $"{station} {status}", c => c["stations"].AsArray().Any(s => s["stationId"] == station && s["status"] == status));

    private static JsonValue Sorted(JsonValue counts) =>
        JsonObject.Of(("installed", counts["installed"]), ("wanted", counts["wanted"]));
}
