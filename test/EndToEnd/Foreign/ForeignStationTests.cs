using System.Globalization;
using Voltwright.Jq;

namespace Voltwright.EndToEnd.Foreign;

/// <summary>Whatever is legal is understood, however oddly it is said.</summary>
public sealed class ForeignStationTests
{
    [Fact]
    public async Task Session_OfAStubbornStation_IsChargedBilledAndPaidOnce()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("Ab12Cd");
        await system.RegisterAsync("BOX-7", "ocpp1.6", 2);
        await using var station = new StubbornStation(system.Ocpp, "BOX-7", RunningSystem.Secret);
        await station.ConnectAsync();
        var begin = TimeProvider.System.GetUtcNow();

        // Nothing about itself first: it authorises before it boots, and reports connectors without a time.
        await station.SayAsync("a-1", "Authorize", """{ "idTag" : "aB12cD" }""");
        await station.SayAsync("a-1", "Authorize", """{ "idTag" : "aB12cD" }""");
        var booted = await station.SayAsync("b", "BootNotification", """{"firmwareVersion":"","chargePointModel":"Box","meterType":"x","chargePointVendor":"é"}""");
        Assert.Equal("Accepted", booted["status"]);
        await station.MutterAsync("s0", "StatusNotification", """{"status":"Available","errorCode":"NoError","connectorId":0}""");
        await station.MutterAsync("s2", "StatusNotification", """{"vendorId":"","info":"","status":"Preparing","errorCode":"NoError","connectorId":2}""");

        // The meter speaks before the start is answered; the answer is lost, and the start is said again with another id.
        await station.MutterAsync("t-1", "StartTransaction", Start(begin));
        await station.MutterAsync("m-1", "MeterValues", $$"""
            {"meterValue":[{"sampledValue":[{"unit":"kWh","value":"1.250","measurand":"Energy.Active.Import.Register"},{"value":"230.1","measurand":"Voltage","phase":"L1-N"}],
            "timestamp":"{{Local(begin.AddSeconds(1))}}"}],"connectorId":2}
            """);
        await station.VanishAsync();
        await station.ConnectAsync();
        var started = await station.SayAsync("t-2", "StartTransaction", Start(begin));
        Assert.Equal("Accepted", started["idTagInfo"]["status"]);
        var session = await system.SessionAsync("AB12CD", "charging");
        Assert.Equal(2, (int)session["slotNumber"].AsDouble());

        // A second tap, in a third spelling, more than three seconds later; the station agrees to stop, and does so when it likes.
        var stopped = new TaskCompletionSource<JsonValue>();
        station.Stops = async asked =>
        {
            var stop = Stop(asked["transactionId"], begin.AddSeconds(4));
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
            await station.MutterAsync("e-1", "StopTransaction", stop);
            stopped.SetResult(await station.SayAsync("e-2", "StopTransaction", stop, frameBytes: 300));
        };
        await Task.Delay(TimeSpan.FromSeconds(3.2), TimeProvider.System);
        await station.SayAsync("a-2", "Authorize", """{"idTag":"AB12CD"}""");

        Assert.Equal("Accepted", (await stopped.Task.WaitAsync(TimeSpan.FromSeconds(15)))["idTagInfo"]["status"]);
        session = await system.SessionAsync("aB12Cd", "paid");
        Bill.AssertRight(session, 7345);
        Assert.Equal(started["transactionId"].ToString(), session["transactionId"].AsString());
        Assert.Single((await system.GetAsync("payments"))["items"].AsArray());
        await system.EventuallyAsync(
            "stations/BOX-7", "slot 2 unlocked and without a session",
            s => s["slots"][1]["sessionId"].IsNull && station.Asked.Any(a => a.Action == "UnlockConnector" && a.Payload["connectorId"] == 2));
        await system.EventuallyAsync("runs", "no run failed", r => r["items"].AsArray().All(run => run["status"] == "completed"));
    }

    private static string Start(DateTimeOffset at) =>
        $$"""{"timestamp":"{{Local(at)}}","meterStart":1000,"idTag":"ab12cd","connectorId":2}""";

    private static string Stop(JsonValue transaction, DateTimeOffset at) => $$"""
        {"transactionData":[],"reason":"Remote","timestamp":"{{Local(at)}}","meterStop":8345,"transactionId":{{transaction}},"idTag":"AB12cd"}
        """;

    // In its own time zone, to the microsecond.
    private static string Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(5.5)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
