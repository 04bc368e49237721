using Voltwright.Jq;

namespace Voltwright.EndToEnd;

/// <summary>Stations repeat what was not answered in time. Nothing may happen twice.</summary>
public sealed class RepeatedMessagesTests
{
    [Fact]
    public async Task WholeSession_SaidTwice_IsOneSessionOnePaymentAndTheSameAnswers()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        var now = TimeProvider.System.GetUtcNow();
        await station.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""");

        var authorized = await TwiceAsync(station, "Authorize", """{"idTag":"TAG1"}""");
        await system.SessionAsync("TAG1", "started");
        var started = await TwiceAsync(
            station, "StartTransaction",
                $$"""{"connectorId":1,"idTag":"TAG1","meterStart":1000,"timestamp":"{{now:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        await system.SessionAsync("TAG1", "charging");
        var transaction = started["transactionId"].ToString();
        await TwiceAsync(station, "StopTransaction", $$"""
            {"transactionId":{{transaction}},"idTag":"TAG1","meterStop":8345,"timestamp":"{{now.AddSeconds(2):yyyy-MM-ddTHH:mm:ssZ}}"}
            """);

        var session = await system.SessionAsync("TAG1", "paid");
        Assert.Equal("Accepted", authorized["idTagInfo"]["status"].AsString());
        Assert.Equal("Accepted", started["idTagInfo"]["status"].AsString());
        Assert.Equal(7345, (long)session["energyWh"].AsDouble());
        // 7.345 kWh at 0.49 is 3.60; with the fee of 1.00 and 20 % of tax 5.52.
        Assert.Equal(552, (long)session["price"]["amount"].AsDouble());
        Assert.Single((await system.GetAsync("payments"))["items"].AsArray());
        Schemas.AssertAnswersConform(station);
    }

    [Theory]
    [InlineData("ocpp1.6", "RemoteStartTransaction", """{"connectorId":2,"idTag":"TAG1"}""", """{"idTag":"TAG1"}""", "StartTransaction",
        """{"connectorId":2,"idTag":"TAG1","meterStart":0,"timestamp":"NOW"}""")]
    [InlineData("ocpp2.0.1", "RequestStartTransaction", """{"evseId":2,"remoteStartId":9,"idToken":{"idToken":"TAG1","type":"Central"}}""",
        """{"idToken":{"idToken":"TAG1","type":"Central"}}""", "TransactionEvent",
        """
        {"eventType":"Started","seqNo":0,"timestamp":"NOW","triggerReason":"RemoteStart","evse":{"id":2,"connectorId":1},
        "transactionInfo":{"transactionId":"T1","remoteStartId":9,"chargingState":"Charging"}}
        """)]
    public async Task Authorize_AfterAStartByRawCommand_IsNoTap(
        string protocol, string action, string payload, string authorize, string begins, string started)
    {
        await using var system = await RunningSystem.StartAsync();
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1", protocol: protocol);
        await station.CallAsync("Heartbeat", "{}");

        await system.PostAsync("stations/CP1/commands", $$"""{"action":"{{action}}","payload":{{payload}}}""");
        await station.CallAsync("Authorize", authorize);
        await station.CallAsync(begins, started.Replace("NOW", $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}", StringComparison.Ordinal));

        Assert.Equal(2, (await system.SessionAsync("TAG1", "charging"))["slotNumber"]);
        var taps = (await system.GetAsync("events?type=com.ev-power-supplier.charging-station.card-scanned*"))["items"].AsArray();
        Assert.Equal("start-transaction", Assert.Single(taps)["data"]["cause"].AsString());
    }

    [Fact]
    public async Task Stop_ThatComesBeforeItsStartIsKnown_IsTaken()
    {
        await using var system = await RunningSystem.StartAsync();
        var station = await system.AddRawStationAsync("CP1");

        var answer = await station.CallAsync(
            "StopTransaction", """{"transactionId":4711,"meterStop":8345,"timestamp":"2026-01-01T00:00:00Z"}""");

        Assert.Equal((JsonValue)JsonObject.Empty, answer);
    }

    private static async Task<JsonValue> TwiceAsync(RawStation station, string action, string payload)
    {
        var first = await station.CallAsync(action, payload);
        Assert.Equal(first, await station.CallAsync(action, payload));
        return first;
    }
}
