using System.Net.Sockets;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd.Field;

/// <summary>What goes wrong in the field, one probe each; nobody who behaves may notice.</summary>
public sealed class ProbeTests
{
    private const int Stations = 40;
    private static readonly int Storms = int.Parse(Environment.GetEnvironmentVariable("VOLTWRIGHT_STORMS") ?? "3");

    [Fact]
    public async Task StartTransaction_SaidTwice_IsOneSession()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        const string Start = """{"connectorId":1,"idTag":"TAG1","meterStart":5,"timestamp":"2026-01-01T00:00:00Z"}""";

        var first = await station.CallAsync("StartTransaction", Start);
        Assert.Equal(first, await station.CallAsync("StartTransaction", Start));

        Assert.Single((await system.GetAsync("sessions?stationId=CP1"))["items"].AsArray());
    }

    [Fact]
    public async Task Card_BlockedWhileConnected_IsRefusedAtOnceAndTheCacheIsEmptied()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        Assert.Equal("Accepted", await AuthorizeAsync(station));

        await system.SendAsync(HttpMethod.Patch, "cards/TAG1", """{"status":"blocked"}""");

        Assert.Equal("Blocked", await AuthorizeAsync(station));
        await system.EventuallyAsync("stations/CP1/card-list", "an empty cache", l => !l["cacheClearedAt"].IsNull);
        Assert.Contains(station.Asked, a => a.Action == "ClearCache");
    }

    [Fact]
    public async Task CardList_OfAStation_FollowsEveryChangeByWhatChanged()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("Heartbeat", "{}");

        await system.SendAsync(HttpMethod.Put, "stations/CP1/card-list", """{"enabled":true}""");
        await ListAsync(system, 1);
        await system.AddCardAsync("TAG2");
        await ListAsync(system, 2);
        await system.SendAsync(HttpMethod.Patch, "cards/TAG1", """{"status":"blocked"}""");
        await ListAsync(system, 3);

        var sent = station.Asked.Where(a => a.Action == "SendLocalList").Select(a => a.Payload).ToList();
        Assert.Equal(["Full", "Differential", "Differential"], sent.Select(s => s["updateType"].AsString()));
        Assert.Equal(
            """[{"idTag":"TAG1","idTagInfo":{"status":"Blocked"}}]""", sent[2]["localAuthorizationList"].ToString());
        Schemas.AssertAnswersConform(station);
    }

    [Fact]
    public async Task MuteStation_WithSixtyCommandsWaiting_DelaysNobody()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var (mute, other) = (await system.AddRawStationAsync("MUTE"), await system.AddRawStationAsync("CP2"));
        await mute.CallAsync("Heartbeat", "{}");
        await other.CallAsync("Heartbeat", "{}");
        mute.IsMute = true;
        var waiting = Enumerable.Range(0, 60).Select(_ => CommandAsync(system, "MUTE")).ToList();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, await CommandAsync(system, "CP2"));
            await other.CallAsync("Heartbeat", "{}");
        }

        await mute.CallAsync("Heartbeat", "{}");
        Assert.All(await Task.WhenAll(waiting), status => Assert.Contains(status, (int[])[502, 504]));
    }

    [Fact]
    public async Task Storm_OfReconnects_DropsNobody()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var ids = Enumerable.Range(1, Stations).Select(n => $"S{n:000}").ToList();
        foreach (var id in ids)
            await system.RegisterAsync(id, "ocpp1.6", 1);
        var stations = await ConnectAsync(system, ids);

        for (var storm = 0; storm < Storms; storm++)
        {
            foreach (var station in stations)
                station.Crash();
            stations = await ConnectAsync(system, ids);
        }

        await Task.WhenAll(stations.Select(s => s.CallAsync("Heartbeat", "{}")));
        var listed = await system.EventuallyAsync(
            "stations?limit=500", "all connected", l => l["items"].AsArray().All(s => s["connected"] == true));
        Assert.Equal(Stations, listed["items"].AsArray().Count);
        foreach (var station in stations)
            await station.DisposeAsync();
    }

    [Fact]
    public async Task HalfOpenSockets_ThatNeverSpeak_StandInNobodysWay()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddRawStationAsync("CP1");
        var silent = new List<TcpClient>();
        for (var i = 0; i < 50; i++)
        {
            silent.Add(new TcpClient(system.Ocpp.Host, system.Ocpp.Port));
            await silent[^1].GetStream().WriteAsync("GET /ocpp/CP1 HTTP/1.1\r\nHost:"u8.ToArray());
        }

        await station.CallAsync("Heartbeat", "{}");
        Assert.Equal(200, await CommandAsync(system, "CP1"));
        silent.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Reader_ThatStopsReading_HoldsNobodyElseUp()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.RegisterAsync("SLOW", "ocpp1.6", 1);
        var station = await system.AddRawStationAsync("CP1");
        using var slow = new Foreign.HandmadeSocket();
        await slow.OpenAsync(system.Ocpp, "SLOW", RunningSystem.Secret);

        for (var i = 0; i < 500; i++)
            await slow.SendAsync($"[2,\"{i}\",\"Heartbeat\",{{}}]", 4096);

        await station.CallAsync("Heartbeat", "{}");
        Assert.Equal(200, await CommandAsync(system, "CP1"));
    }

    private static async Task<List<RawStation>> ConnectAsync(RunningSystem system, List<string> ids)
    {
        var connected = await Task.WhenAll(ids.Select(id => RawStation.ConnectAsync(system.Ocpp, id, RunningSystem.Secret)));
        await Task.WhenAll(connected.Select(s => s.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""")));
        return [.. connected];
    }

    private static async Task<string> AuthorizeAsync(RawStation station) =>
        (await station.CallAsync("Authorize", """{"idTag":"TAG1"}"""))["idTagInfo"]["status"].AsString();

    private static Task<JsonValue> ListAsync(RunningSystem system, int version) =>
        system.EventuallyAsync("stations/CP1/card-list", $"version {version}", l => l["version"] == version);

    private static async Task<int> CommandAsync(RunningSystem system, string station)
    {
        const string Trigger = """{"action":"TriggerMessage","payload":{"requestedMessage":"Heartbeat"}}""";
        using var content = new StringContent(Trigger, System.Text.Encoding.UTF8, "application/json");
        using var answer = await system.Http.PostAsync($"/api/v2/stations/{station}/commands", content);
        return (int)answer.StatusCode;
    }
}
