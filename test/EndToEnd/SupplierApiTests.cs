using Voltwright.Jq;
using Voltwright.Simulator.State;

namespace Voltwright.EndToEnd;

/// <summary>A session run by hand over the supplier API, at real stations of both kinds.</summary>
public sealed class SupplierApiTests
{
    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("mqtt")]
    public async Task Session_RunByHand_ChargesAndIsBilledToTheWattHourAndTheCent(string protocol)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddStationAsync("S1", protocol);
        await station.PlugInAsync(1);
        var blue = station.WaitForLedColorAsync("1", "blue");

        var acquired = await system.PostAsync("stations/S1", """{"card":{"id":"TAG1"}}""");
        var session = acquired["session"]["id"].AsString();
        var led = await system.PostAsync("stations/S1/leds/1", """{"action":"on","color":"blue"}""");
        await blue;
        await system.SendAsync(HttpMethod.Put, "stations/S1/slot/1/lock", null);
        await system.SendAsync(HttpMethod.Put, $"sessions/{session}/start", null);
        await station.WaitForEnergyAsync(1, 150);
        var ended = (await system.SendAsync(HttpMethod.Put, $"sessions/{session}/end", null))["session"];
        var paid = (await system.SendAsync(HttpMethod.Put, $"sessions/{session}/pay", null))["session"];
        var again = (await system.SendAsync(HttpMethod.Put, $"sessions/{session}/pay", null))["session"];
        await system.SendAsync(HttpMethod.Put, "stations/S1/slot/1/unlock", null);

        await station.WaitForLockAsync(1, false);
        Assert.Equal("shown", led["led"]["reached"].AsString());
        Assert.Equal(("ended", "paid"), (ended["status"].AsString(), paid["status"].AsString()));
        Assert.Equal(paid, again);
        Assert.Single((await system.GetAsync("payments"))["items"].AsArray());
        Bill.AssertRight(paid, station.State.Slot(1).MeterWh - 1_000_000);
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("mqtt")]
    public async Task Session_StoppedByUnplugging_EndsWithItsEnergy(string protocol)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        var station = await system.AddStationAsync("S1", protocol);
        await station.PlugInAsync(1);
        var acquired = await system.PostAsync("stations/S1", """{"card":{"id":"TAG1"}}""");
        await system.SendAsync(HttpMethod.Put, $"sessions/{acquired["session"]["id"].AsString()}/start", null);
        await station.WaitForEnergyAsync(1, 50);

        await station.FaultAsync(1, "GroundFailure");

        var session = await system.SessionAsync("TAG1", "ended");
        Assert.Equal("station", session["endCause"].AsString());
        Bill.AssertRight(session, station.State.Slot(1).MeterWh - 1_000_000);
        await system.EventuallyAsync("stations/S1", "slot 1 faulted", s => s["slots"][0]["status"] == "faulted");
        await station.RecoverAsync(1);
        await system.EventuallyAsync("stations/S1", "slot 1 well again", s => s["slots"][0]["status"] != "faulted");
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    [InlineData("mqtt")]
    public async Task Station_ThatLosesItsLine_IsOfflineUntilItIsBack(string protocol)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddStationAsync("S1", protocol);
        await system.EventuallyAsync("stations/S1", "connected", s => s["connected"] == true);

        await station.GoOfflineAsync();
        await system.EventuallyAsync("stations/S1", "disconnected", s => s["connected"] == false);
        await station.GoOnlineAsync();

        await system.EventuallyAsync("stations/S1", "connected again", s => s["connected"] == true);
        await system.PostAsync("stations/S1/leds/main", """{"action":"on","color":"green"}""");
        Assert.Equal("green", station.State.Led("main")!.Color);
    }

    [Fact]
    public async Task NativeStation_KnowsNoOcpp_AndSaysSo()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddNativeStationAsync("S1");
        await system.EventuallyAsync("stations/S1", "connected", s => s["connected"] == true);

        using var answer = await system.Http.PostAsync(
            "/api/v2/stations/S1/commands", new StringContent(
                """{"action":"Reset","payload":{}}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Contains(
            "set-led", JsonValue.Parse(await answer.Content.ReadAsStringAsync())["detail"].AsString(), StringComparison.Ordinal);
    }
}
