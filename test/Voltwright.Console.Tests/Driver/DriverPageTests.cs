using System.Net;
using Voltwright.Server.Driver;
using Voltwright.Simulator.Ocpp;

namespace Voltwright.Console.Tests.Driver;

/// <summary>What the driver's page says when something is wrong, and what it keeps from strangers.</summary>
public sealed class DriverPageTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly House _house = shared.House;

    [Theory]
    [InlineData("NOBODY", null, HttpStatusCode.Conflict, "not known here")]
    [InlineData("BLOCKED", "blocked", HttpStatusCode.Conflict, "is blocked")]
    [InlineData("EXPIRED", "expired", HttpStatusCode.Conflict, "has expired")]
    [InlineData(" ", null, HttpStatusCode.BadRequest, "enter the number")]
    [InlineData("a/b", null, HttpStatusCode.BadRequest, "enter the number")]
    public async Task Card_ThatMayNotCharge_IsRefusedInWords(string card, string? state, HttpStatusCode status, string words)
    {
        var id = $"card-{(int)status}-{card.Length}-{state}";
        await StartStationAsync(id);
        if (state is not null)
            await _house.SendAsync(HttpMethod.Post, "/api/v2/cards", $$"""{"id":"{{card}}","status":"{{state}}"}""");
        using var phone = new Phone(_house);
        var refused = await phone.StartAsync(id, card);
        Assert.Equal(status, refused.Status);
        Assert.Contains(words, Alert(refused.Html), StringComparison.Ordinal);
        Assert.Empty(phone.Cookies.GetAllCookies());
        Assert.Empty((await SessionsAsync(id)).AsArray());
    }

    [Fact]
    public async Task Charge_SeenByAStranger_IsAnOccupiedSlotAndNothingElse()
    {
        var station = await StartStationAsync("shared");
        await _house.AddCardAsync("SECRET-4711");
        using var driver = new Phone(_house);
        using var stranger = new Phone(_house);
        Assert.Contains("Plug in at slot 1", (await driver.StartAsync("shared", "secret-4711")).Html, StringComparison.Ordinal);
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        var session = (await SessionsAsync("shared"))[0]["id"].AsString();

        var seen = await stranger.ReadAsync("/s/shared");
        Assert.Contains("occupied", seen, StringComparison.Ordinal);
        foreach (var secret in (string[])["SECRET", "4711", session, "/stop", "receipt", "form-token"])
            Assert.DoesNotContain(secret, seen, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Conflict, (await stranger.StartAsync("shared", "SECRET-4711")).Status);

        // Neither the form without the cookie, nor the cookie without the form, nor a cookie of another station.
        var proof = Phone.Field(await driver.ReadAsync("/s/shared"), "form-token");
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync("/s/shared/stop", ("form-token", proof))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await driver.PostAsync("/s/shared/stop", ("form-token", "guessed"))).Status);
        await _house.RegisterAsync("other");
        Assert.Equal(HttpStatusCode.Forbidden, (await driver.PostAsync("/s/other/stop", ("form-token", proof))).Status);
        Assert.Equal("charging", (await SessionsAsync("shared"))[0]["status"]);

        Assert.Contains("Charged and paid", await EventuallyAsync(driver, "shared", "Charged and paid", await driver.StopAsync("shared")), StringComparison.Ordinal);
        foreach (var path in (string[])["/s/shared/receipt", "/s/shared/receipt.pdf"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.SeeAsync(path)).Status);
            Assert.Equal(HttpStatusCode.OK, (await driver.SeeAsync(path)).Status);
        }

        var receipt = await driver.ReadAsync("/s/shared/receipt");
        Assert.Contains("•••• 4711", receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", receipt, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookie_OfACharge_HoldsNothingAndIsKeptFromScripts()
    {
        await StartStationAsync("cookie");
        await _house.AddCardAsync("COOKIE-1");
        using var phone = new Phone(_house);
        await phone.StartAsync("cookie", "COOKIE-1");
        var cookie = Assert.Single(phone.Cookies.GetAllCookies());
        Assert.True(cookie.HttpOnly && Visits.IsToken(cookie.Value), cookie.Value);
        Assert.Equal("/s/", cookie.Path);
        using var again = new Phone(_house);
        again.Cookies.Add(_house.Address, new Cookie(cookie.Name, Visits.NewToken(), "/s/"));
        Assert.DoesNotContain("Plug in", await again.ReadAsync("/s/cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_SentTwice_IsOneTap()
    {
        await StartStationAsync("twice");
        await _house.AddCardAsync("TWICE-1");
        using var phone = new Phone(_house);
        var attempt = Phone.Field(await phone.ReadAsync("/s/twice"), "attempt");
        await Task.WhenAll(phone.StartAsync("twice", "TWICE-1", attempt), phone.StartAsync("twice", "TWICE-1", attempt));
        Assert.Contains("Plug in at slot 1", (await phone.StartAsync("twice", "TWICE-1", attempt)).Html, StringComparison.Ordinal);
        var taps = await _house.SendAsync(HttpMethod.Get, "/api/v2/events?subject=twice&type=com.ev-power-supplier.charging-station.card-scanned.v1");
        Assert.Single(taps["items"].AsArray());
        Assert.Equal("driver-page", taps["items"][0]["data"]["cause"]);

        // Given back before anything flowed: nothing is to pay, and the page begins anew.
        Assert.Contains("Cancelled", await EventuallyAsync(phone, "twice", "Cancelled", await phone.StopAsync("twice")), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"card\"", await phone.ReadAsync("/s/twice"), StringComparison.Ordinal);
        Assert.Contains("name=\"card\"", await phone.ReadAsync("/s/twice?new=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenTheWorkflowFindsNoSlot_SaysSo()
    {
        var station = await StartStationAsync("full");
        foreach (var (card, slot) in ((string, int)[])[("FULL-1", 1), ("FULL-2", 2)])
        {
            await _house.AddCardAsync(card);
            await station.TapAsync(card, slot);
            await station.PlugInAsync(slot);
            await station.WaitForEnergyAsync(slot, 100, Patience);
        }

        await _house.AddCardAsync("FULL-3");
        using var phone = new Phone(_house);
        var page = await phone.ReadAsync("/s/full");
        Assert.Contains("No slot is free", page, StringComparison.Ordinal);
        Assert.Contains("slot is reserved", page, StringComparison.Ordinal);
        var refused = await phone.StartAsync("full", "FULL-3");
        Assert.Contains("Nothing was started", await EventuallyAsync(phone, "full", "Nothing was started", refused), StringComparison.Ordinal);
        Assert.Contains("name=\"card\"", await phone.ReadAsync("/s/full"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_ThatIsRefused_IsToldWithTheReceipt()
    {
        var station = await StartStationAsync("poor");
        await _house.SendAsync(HttpMethod.Put, "/api/v2/accounts/empty", """{"kind":"prepaid","currency":"EUR"}""");
        await _house.SendAsync(HttpMethod.Post, "/api/v2/cards", """{"id":"POOR-1","accountId":"empty"}""");
        using var phone = new Phone(_house);
        await phone.StartAsync("poor", "POOR-1");
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        var html = await EventuallyAsync(phone, "poor", "The payment was refused", await phone.StopAsync("poor"));
        Assert.Contains("The amount is still open", html, StringComparison.Ordinal);
        Assert.Contains("The payment was refused", await phone.ReadAsync("/s/poor/receipt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Station_ThatIsAwayOrUnknown_CanStartNothing()
    {
        await _house.RegisterAsync("away", "<script>alert(1)</script>");
        await _house.AddCardAsync("AWAY-1");
        using var phone = new Phone(_house);
        var html = await phone.ReadAsync("/s/away");
        Assert.Contains("The station is offline", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"card\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await phone.StartAsync("away", "AWAY-1")).Status);
        using var raw = await _house.Api.GetAsync("/s/away");
        Assert.DoesNotContain("<script>alert", await raw.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])["/s/nothing", "/s/nothing/receipt", "/s/nothing/changes", "/s/no%20such"])
            Assert.Equal(HttpStatusCode.NotFound, (await phone.SeeAsync(path)).Status);
    }

    [Fact]
    public async Task Station_ThatGoesAwayWhileItCharges_IsToldOfAndStopsWhenItIsBack()
    {
        var station = await StartStationAsync("shaky");
        await _house.AddCardAsync("SHAKY-1");
        using var phone = new Phone(_house);
        await phone.StartAsync("shaky", "SHAKY-1");
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        await station.GoOfflineAsync();
        var away = await EventuallyAsync(phone, "shaky", "connection to the station is lost", await phone.SeeAsync("/s/shaky"));
        Assert.Contains("Charging goes on", away, StringComparison.Ordinal);
        Assert.Contains("The station does not answer", (await phone.StopAsync("shaky")).Html, StringComparison.Ordinal);
        await station.GoOnlineAsync();
        var paid = await EventuallyAsync(phone, "shaky", "Charged and paid", await phone.SeeAsync("/s/shaky"));
        Assert.Contains("Charged and paid", paid, StringComparison.Ordinal);
        Assert.Single((await SessionsAsync("shaky")).AsArray());
    }

    [Fact]
    public async Task Slot_ThatIsFaulted_IsOutOfServiceAndTheOtherIsFree()
    {
        var station = await StartStationAsync("broken");
        await station.FaultAsync(1, "GroundFailure", "leakage");
        using var phone = new Phone(_house);
        var html = await EventuallyAsync(phone, "broken", "One slot is free", await phone.SeeAsync("/s/broken"));
        Assert.Matches("Slot 1</span> <span class=\"state (bad|off)\">", html);
        Assert.Matches("Slot 2</span> <span class=\"state good\">", html);
        Assert.DoesNotContain("GroundFailure", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_TriedInARow_MustWaitWhateverTheyAre()
    {
        await StartStationAsync("guessed");
        await _house.AddCardAsync("GUESSED-1");
        using var phone = new Phone(_house, "198.51.100.7");
        for (var i = 0; i < AttemptLimit.FromOneAddress; i++)
            Assert.Equal(HttpStatusCode.Conflict, (await phone.StartAsync("guessed", $"GUESS-{i}")).Status);
        var refused = await phone.StartAsync("guessed", "GUESSED-1");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("Too many attempts", Alert(refused.Html), StringComparison.Ordinal);
        using var other = new Phone(_house, "198.51.100.8");
        Assert.Contains("Plug in", (await other.StartAsync("guessed", "GUESSED-1")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_OfAnotherSite_StartsNothing()
    {
        await StartStationAsync("site");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/s/site/start") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var client = _house.NewClient(null);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static string Alert(string html) => html[html.IndexOf("role=\"alert\"", StringComparison.Ordinal)..].Split("</p>")[0];

    private async Task<Jq.JsonValue> SessionsAsync(string station) =>
        (await _house.SendAsync(HttpMethod.Get, $"/api/v2/sessions?stationId={station}"))["items"];

    /// <summary>The answer, or the page as soon as it says so.</summary>
    private static async Task<string> EventuallyAsync(Phone phone, string station, string words, (HttpStatusCode Status, string Html) answer)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!answer.Html.Contains(words, StringComparison.Ordinal) && !deadline.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            answer = await phone.SeeAsync($"/s/{station}");
        }

        return answer.Html;
    }

    private async Task<OcppStation> StartStationAsync(string id)
    {
        await _house.RegisterAsync(id);
        var station = _house.NewStation(id);
        await station.StartAsync();
        return station;
    }
}
