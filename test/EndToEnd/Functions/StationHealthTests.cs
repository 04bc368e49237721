using Voltwright.Jq;

namespace Voltwright.EndToEnd.Functions;

/// <summary>The workflow that keeps stations healthy: one ticket, one reset, a look, and the ticket is closed.</summary>
public sealed class StationHealthTests
{
    [Fact]
    public async Task Fault_ThatAResetCures_IsOneTicketThatIsClosed()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""");

        await StatusAsync(station, "InternalError", "Faulted");
        await system.EventuallyAsync("stations/CP1", "reset", _ => station.Asked.Any(a => a.Action == "Reset"));
        var open = await system.EventuallyAsync("tickets?stationId=CP1", "one ticket", t => t["items"].AsArray().Count == 1);
        Assert.Equal(("open", "InternalError"), (open["items"][0]["status"].AsString(), open["items"][0]["code"].AsString()));

        await StatusAsync(station, "NoError", "Available");

        var closed = await system.EventuallyAsync("tickets?stationId=CP1", "closed", t => t["items"][0]["status"] == "closed");
        Assert.Single(closed["items"].AsArray());
        Assert.Contains("well again", closed["items"][0]["resolution"].AsString());
        Assert.Single(station.Asked, a => a.Action == "Reset");
        await system.EventuallyAsync("stations/CP1", "in service", s => s["slots"][0]["status"] == "available");
    }

    [Fact]
    public async Task Fault_WhileSomebodyCharges_ResetsNothing()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("StartTransaction", $$"""{"connectorId":2,"idTag":"TAG1","meterStart":0,"timestamp":"{{Now()}}"}""");

        await StatusAsync(station, "InternalError", "Faulted");

        await system.EventuallyAsync(
            "runs?workflow=station-health", "over", r => r["items"].AsArray().Any(x => x["status"] == "completed"));
        Assert.DoesNotContain(station.Asked, a => a.Action == "Reset");
        Assert.Single((await system.GetAsync("tickets?stationId=CP1&status=open"))["items"].AsArray());
    }

    private static Task StatusAsync(RawStation station, string error, string status) =>
        station.CallAsync("StatusNotification", $$"""{"connectorId":1,"errorCode":"{{error}}","status":"{{status}}"}""");

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
