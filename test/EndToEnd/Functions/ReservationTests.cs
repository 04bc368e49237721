using Voltwright.Jq;

namespace Voltwright.EndToEnd.Functions;

/// <summary>A slot kept for a card, by the API and at the station.</summary>
public sealed class ReservationTests
{
    private const string Taps = "events?type=com.ev-power-supplier.charging-station.card-scanned*";

    [Fact]
    public async Task Reservation_OfASlot_IsKeptAtTheStationAndUsedUpByItsCard()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);

        var reserved = await system.PostAsync("reservations", """{"stationId":"CP1","cardId":"TAG1","slotNumber":2,"minutes":10}""");

        Assert.Equal(("active", "confirmed"), (reserved["status"].AsString(), reserved["reached"].AsString()));
        var asked = station.LastAsked("ReserveNow");
        Assert.Equal(2, asked["connectorId"]);
        Assert.Equal("TAG1", asked["idTag"].AsString());
        Assert.Equal(reserved["number"], asked["reservationId"]);
        Assert.Equal("leased", (await system.GetAsync("stations/CP1"))["slots"][1]["status"].AsString());

        await station.CallAsync("StartTransaction", $$"""{"connectorId":2,"idTag":"TAG1","meterStart":0,"timestamp":"{{Now()}}","reservationId":{{reserved["number"]}}}""");

        var used = await system.GetAsync($"reservations/{reserved["id"].AsString()}");
        Assert.Equal("used", used["status"].AsString());
        Assert.Equal((await system.GetAsync("sessions?cardId=TAG1"))["items"][0]["id"], used["sessionId"]);
        Assert.DoesNotContain(station.Asked, a => a.Action == "CancelReservation");
        Schemas.AssertAnswersConform(station);
    }

    [Fact]
    public async Task Reservation_ThatIsCancelled_IsTakenBackAtTheStation()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        var reserved = await system.PostAsync("reservations", """{"stationId":"CP1","cardId":"TAG1"}""");

        var cancelled = await system.SendAsync(HttpMethod.Delete, $"reservations/{reserved["id"].AsString()}", null);

        Assert.Equal("cancelled", cancelled["status"].AsString());
        Assert.Equal(reserved["number"], station.LastAsked("CancelReservation")["reservationId"]);
        Assert.Empty((await system.GetAsync("reservations?stationId=CP1&status=active"))["items"].AsArray());
        Assert.Equal("available", (await system.GetAsync("stations/CP1"))["slots"][0]["status"].AsString());
    }

    [Fact]
    public async Task Reservation_AtAStationThatIsAway_ReachesItWhenItIsBack()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        await system.AddCardAsync("TAG1");
        await system.RegisterAsync("CP1", "ocpp1.6", 2);
        var reserved = await system.PostAsync("reservations", """{"stationId":"CP1","cardId":"TAG1","slotNumber":1}""");
        Assert.Equal("wanted", reserved["reached"].AsString());

        await using var station = await RawStation.ConnectAsync(system.Ocpp, "CP1", RunningSystem.Secret);

        await system.EventuallyAsync(
            $"reservations/{reserved["id"].AsString()}", "confirmed", r => r["reached"] == "confirmed");
        Assert.Equal(1, station.LastAsked("ReserveNow")["connectorId"]);
    }

    [Theory]
    [InlineData("reservations", """{"stationId":"CP1","cardId":"TAG1"}""")]
    [InlineData("stations/CP1/commands", 
        """{"action":"ReserveNow","payload":{"connectorId":1,"expiryDate":"2100-01-01T00:00:00Z","idTag":"TAG1","reservationId":1}}""")]
    public async Task Authorize_OfTheCardBeforeTheStationAnswers_IsNoTap(string path, string body)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        station.IsMute = true;

        var reserving = system.PostAsync(path, body);
        await system.EventuallyAsync("stations/CP1", "asked", _ => station.Asked.Any(a => a.Action == "ReserveNow"));
        var checkedCard = await station.CallAsync("Authorize", """{"idTag":"tag1"}""");
        var none = (await system.GetAsync(Taps))["items"].AsArray();
        await station.DisposeAsync();
        await Task.WhenAny(reserving);

        Assert.Equal("Accepted", checkedCard["idTagInfo"]["status"].AsString());
        Assert.Empty(none);
        await using var again = await RawStation.ConnectAsync(system.Ocpp, "CP1", RunningSystem.Secret);
        await system.EventuallyAsync("reservations?stationId=CP1", "told", r => r["items"].AsArray().All(i => i["reached"] == "confirmed"));
        await again.CallAsync("Authorize", """{"idTag":"TAG1"}""");
        Assert.Single((await system.GetAsync(Taps))["items"].AsArray());
    }

    [Fact]
    public async Task Reservation_ThatTheStationRefuses_IsRefused()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);
        station.Answers["ReserveNow"] = """{"status":"Occupied"}""";

        using var content = new StringContent("""{"stationId":"CP1","cardId":"TAG1"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await system.Http.PostAsync("/api/v2/reservations", content);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Contains("Occupied", await answer.Content.ReadAsStringAsync());
        Assert.Equal("refused", (await system.GetAsync("reservations?stationId=CP1"))["items"][0]["status"].AsString());
    }

    [Fact]
    public async Task Slot_OutOfService_IsToldToTheStationAndToldAgainWhenItReturns()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        var station = await StationAsync(system);

        var changed = await system.SendAsync(HttpMethod.Put, "stations/CP1/availability", """{"operative":false,"slotNumber":1}""");

        Assert.Equal("out-of-order", changed["slots"][0]["status"].AsString());
        Assert.Equal("confirmed", changed["slots"][0]["availability"]["reached"].AsString());
        Assert.Equal(JsonValue.Parse("""{"connectorId":1,"type":"Inoperative"}"""), station.LastAsked("ChangeAvailability"));

        await station.DisposeAsync();
        await system.EventuallyAsync("stations/CP1", "away", s => s["connected"] == false);
        await using var again = await RawStation.ConnectAsync(system.Ocpp, "CP1", RunningSystem.Secret);
        await system.EventuallyAsync("stations/CP1", "told again", _ => again.Asked.Any(a => a.Action == "ChangeAvailability"));
        Assert.Equal("Inoperative", again.LastAsked("ChangeAvailability")["type"].AsString());
    }

    private static async Task<RawStation> StationAsync(RunningSystem system)
    {
        await system.AddCardAsync("TAG1");
        var station = await system.AddRawStationAsync("CP1");
        await station.CallAsync("BootNotification", """{"chargePointVendor":"Acme","chargePointModel":"One"}""");
        await system.EventuallyAsync("stations/CP1", "connected", s => s["connected"] == true);
        return station;
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
