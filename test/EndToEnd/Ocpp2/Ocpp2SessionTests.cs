using Voltwright.Jq;
using Voltwright.Ocpp;

namespace Voltwright.EndToEnd.Ocpp2;

/// <summary>What 2.0.1 and 2.1 can do that 1.6 cannot, or do in another way.</summary>
public sealed class Ocpp2SessionTests
{
    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Transaction_ThatBeginsWithTheCable_IsBilledToTheCardThatComesLater(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddOcpp2StationAsync("CP1", version, change: o => o with { StartsOnPlug = true });
        await station.PlugInAsync(1);
        await system.EventuallyAsync("stations/CP1", "a cable in slot 1", s => s["slots"][0]["reported"] == "preparing");

        await station.TapAsync("TAG1", 1);
        await station.WaitForEnergyAsync(1, 200);
        Assert.True(await station.UnplugAsync(1));

        var session = await system.SessionAsync("TAG1", "paid");
        Bill.AssertRight(session, station.State.Slot(1).MeterWh - 1_000_000);
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task Session_SpentOffline_IsBilledWhenTheLineIsBack(string protocol)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var version = protocol == "ocpp2.1" ? OcppVersion.V21 : OcppVersion.V201;
        var station = await system.AddOcpp2StationAsync("CP1", version, change: o => o with { ChargesOffline = true });
        await station.PlugInAsync(1);
        await station.GoOfflineAsync();

        await station.TapAsync("TAG1", 1);
        await station.WaitForEnergyAsync(1, 300);
        await station.TapAsync("TAG1", 1);
        await station.GoOnlineAsync();

        var session = await system.SessionAsync("TAG1", "paid");
        Bill.AssertRight(session, station.State.Slot(1).MeterWh - 1_000_000);
        await system.EventuallyAsync("events?limit=500", "asked what is still queued", log => log["items"].AsArray().Any(
            e => e["type"].AsString().EndsWith("transaction-status.v1", StringComparison.Ordinal) && e["data"]["ongoing"] == false));
        Assert.Empty(station.Traffic.Violations);
    }

    [Fact]
    public async Task Station_WithNewFirmware_ComesBackInAnotherVersion()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var old = await system.AddRawStationAsync("CP1");
        await old.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""");
        await old.DisposeAsync();
        await system.EventuallyAsync("stations/CP1", "1.6 gone", s => s["connected"] == false && s["protocol"] == "ocpp1.6");

        await using var renewed = await RawStation.ConnectAsync(
            system.Ocpp, "CP1", RunningSystem.Secret, protocol: Subprotocols.Ocpp201);
        await renewed.CallAsync(
            "BootNotification", """{"reason":"FirmwareUpdate","chargingStation":{"vendorName":"Acme","model":"One","firmwareVersion":"2.0"}}""");

        var station = await system.EventuallyAsync("stations/CP1", "2.0.1", s => s["protocol"] == "ocpp2.0.1" && s["connected"] == true);
        Assert.Equal("2.0", station["firmware"].AsString());
    }

    [Theory]
    [InlineData("EUR", 5.52)]
    [InlineData("JPY", 552)]
    [InlineData("KWD", 0.552)]
    public async Task WholeSession_SaidTwice_IsOneSessionOnePaymentAndTheSameAnswers(string currency, double totalCost)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.SendAsync(
            HttpMethod.Put, "tariffs/default", $$"""{"currency":"{{currency}}","perKwh":49,"sessionFee":100,"taxPercent":20}""");
        await system.AddCardAsync("04AABBCC");
        var station = await system.AddRawStationAsync("CP1", protocol: Subprotocols.Ocpp201);
        var now = TimeProvider.System.GetUtcNow();
        await station.CallAsync("BootNotification", """{"reason":"PowerUp","chargingStation":{"vendorName":"Acme","model":"One"}}""");

        await TwiceAsync(station, "Authorize", """{"idToken":{"idToken":"04AABBCC","type":"ISO14443"}}""");
        await system.SessionAsync("04AABBCC", "started");
        var started = await TwiceAsync(station, "TransactionEvent", Event("Started", "Authorized", 0, now, 1000, "Charging"));
        await system.SessionAsync("04AABBCC", "charging");
        await TwiceAsync(station, "TransactionEvent", Event("Updated", "MeterValuePeriodic", 1, now.AddSeconds(1), 5000, "Charging"));
        var ended = await TwiceAsync(station, "TransactionEvent", Event("Ended", "StopAuthorized", 2, now.AddSeconds(2), 8345, "EVConnected"));

        var session = await system.SessionAsync("04AABBCC", "paid");
        Assert.Equal("Accepted", started["idTokenInfo"]["status"].AsString());
        Assert.Equal(7345, (long)session["energyWh"].AsDouble());
        // 7.345 kWh at 49 is 360; with the fee of 100 and 20 % of tax 552.
        Assert.Equal(552, (long)session["price"]["amount"].AsDouble());
        Assert.Equal(totalCost, ended["totalCost"].AsDouble());
        Assert.Single((await system.GetAsync("payments"))["items"].AsArray());
        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Station_WithoutLights_SaysSoOnceAndChargesAllTheSame(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await system.AddOcpp2StationAsync("CP1", version, change: o => o with { HasLeds = false });
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);

        var led = await system.PostAsync("stations/CP1/leds/1", """{"action":"on","color":"blue"}""");

        Assert.Equal("unsupported", led["led"]["reached"].AsString());
        Assert.Empty(station.Traffic.Violations);
    }

    [Theory]
    [InlineData(OcppVersion.V201)]
    [InlineData(OcppVersion.V21)]
    public async Task Fault_ToldAsEventAndAsStatus_OpensOneTicketUnderItsName(OcppVersion version)
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddOcpp2StationAsync("CP1", version);
        var red = station.WaitForLedColorAsync("main", "red");

        await station.FaultAsync(1, "GroundFailure");
        await red;

        var tickets = (await system.EventuallyAsync("tickets", "a ticket", t => t["items"].AsArray().Count > 0))["items"];
        Assert.Equal("GroundFailure", Assert.Single(tickets.AsArray())["code"].AsString());
    }

    private static string Event(string type, string trigger, int seqNo, DateTimeOffset at, int register, string state) =>
        $$"""
        {"eventType":"{{type}}","timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}","triggerReason":"{{trigger}}","seqNo":{{seqNo}},
        "transactionInfo":{"transactionId":"T-1","chargingState":"{{state}}"},"evse":{"id":1,"connectorId":1},
        {{(type == "Updated" ? "" : "\"idToken\":{\"idToken\":\"04AABBCC\",\"type\":\"ISO14443\"},")}}
        "meterValue":[{"timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}","sampledValue":[{"value":{{register}}}]}]}
        """;

    private static async Task<JsonValue> TwiceAsync(RawStation station, string action, string payload)
    {
        var first = await station.CallAsync(action, payload);
        Assert.Equal(first, await station.CallAsync(action, payload));
        return first;
    }
}
