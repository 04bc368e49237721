using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

/// <summary>Who gets in, over which line, and by what: security profiles 0 to 3 on the wire.</summary>
public sealed class SecurityTests
{
    [Fact]
    public async Task Station_OfProfile3_ComesByTheCertificateThatItAskedFor()
    {
        await using var system = await StartEncryptedAsync();
        using var key = new StationKey();
        await using (var station = await system.AddRawStationAsync("CP1"))
        {
            var csr = JsonText(key.RequestFor("CP1"));
            var answer = await station.CallAsync("SignCertificate", $$"""{"csr":{{csr}}}""");
            Assert.Equal("Accepted", answer["status"].AsString());
            await system.EventuallyAsync("certificates?stationId=CP1&status=delivered", "delivered", l => l["items"].AsArray().Count == 1);
            Schemas.AssertAnswersConform(station);
        }

        await system.SendAsync(HttpMethod.Patch, "stations/CP1", """{"securityProfile":3}""");
        var issued = (await system.GetAsync("certificates?stationId=CP1"))["items"][0];
        using var certificate = key.Complete(issued["chain"].AsString());

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", RunningSystem.Secret));
        await using var again = await ConnectAsync(system, "CP1", null, certificate);
        await again.CallAsync("Heartbeat", "{}");

        await system.PostAsync($"certificates/{issued["serial"].AsString()}/revoke", "{}");
        await system.EventuallyAsync("stations/CP1", "hung up on", s => s["connected"] == false);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", null, certificate));
    }

    [Fact]
    public async Task Station_OfProfile2_IsLetInOverTlsOnly()
    {
        await using var system = await RunningSystem.StartAsync(false, o => o with { Urls = "http://127.0.0.1:0;https://127.0.0.1:0" });
        await system.PostAsync(
            "stations", $$"""{"id":"CP1","protocol":"ocpp1.6","slots":1,"secret":"{{RunningSystem.Secret}}","securityProfile":2}""");

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", RunningSystem.Secret));
        await using var station = await RawStation.ConnectAsync(system.EncryptedOcpp, "CP1", RunningSystem.Secret, null, system.Roots);
        await station.CallAsync("Heartbeat", "{}");
    }

    [Fact]
    public async Task Candidate_ThatIsAdmitted_ComesByTheSecretMadeForIt()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "NEW1", "any"));
        await system.EventuallyAsync("candidates", "NEW1", c => c["items"].AsArray().Any(x => x["id"] == "NEW1"));

        var admitted = await system.PostAsync("candidates/NEW1/admission", """{"slots":2}""");

        Assert.Equal("ocpp1.6", admitted["station"]["protocol"].AsString());
        await using var station = await RawStation.ConnectAsync(system.Ocpp, "NEW1", admitted["secret"].AsString());
        await station.CallAsync("Heartbeat", "{}");
        Assert.Empty((await system.GetAsync("candidates"))["items"].AsArray());
    }

    [Fact]
    public async Task SecondSocket_WithoutTheSecret_GetsNothing_AndWithItTakesOver()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var first = await system.AddRawStationAsync("CP1");
        await first.CallAsync("Heartbeat", "{}");

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", null));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", "wrong"));
        await first.CallAsync("Heartbeat", "{}");
        await TriggerAsync(system);
        Assert.Single(first.Asked);

        first.Say("""[2,"last","StartTransaction",{"connectorId":1,"idTag":"TAG1","meterStart":0,"timestamp":"2026-01-01T00:00:00Z"}]""");
        await using var second = await ConnectAsync(system, "CP1", RunningSystem.Secret);
        await first.HungUp;
        await system.EventuallyAsync("sessions?stationId=CP1", "what the first said last", s => s["items"].AsArray().Count == 1);
        await TriggerAsync(system);

        Assert.Single(first.Asked);
        Assert.Single(second.Asked);
        await second.CallAsync("Heartbeat", "{}");
        Assert.True((await system.GetAsync("stations/CP1"))["connected"] == true);
    }

    [Fact]
    public async Task Secret_ThatIsRotated_ReachesTheStationAndReplacesTheOldOne()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("Heartbeat", "{}");

        await system.PostAsync("stations/CP1/secret/rotation", "{}");
        var (_, told) = station.Asked.Single(a => a.Action == "ChangeConfiguration");
        Assert.Equal("AuthorizationKey", told["key"].AsString());

        await using var decoded = await RawStation.ConnectByAsync(system.Ocpp, "CP1", Convert.FromHexString(told["value"].AsString()));
        await decoded.CallAsync("Heartbeat", "{}");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(system, "CP1", RunningSystem.Secret));
    }

    private static Task<RawStation> ConnectAsync(RunningSystem system, string id, string? secret, X509Certificate2? certificate = null) =>
        RawStation.ConnectAsync(system.Ocpp, id, secret, certificate, system.Roots);

    private static Task TriggerAsync(RunningSystem system) =>
        system.PostAsync("stations/CP1/commands", """{"action":"TriggerMessage","payload":{"requestedMessage":"Heartbeat"}}""");

    private static Task<RunningSystem> StartEncryptedAsync() =>
        RunningSystem.StartAsync(false, o => o with { Urls = "https://127.0.0.1:0" });

    private static string JsonText(string text) => ((JsonValue)text).ToString();
}
