using System.Net;
using System.Text;
using Voltwright.Automation;
using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Console.Tests.Pages;

/// <summary>What the forms of the pages do, and what they say when they do not.</summary>
public sealed class FormTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private readonly House _house = shared.House;

    [Fact]
    public async Task Station_RegisteredChangedAndRemoved_IsWhatTheApiShows()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var registered = await visitor.PostAsync(
            "/stations", ("id", "FORM1"), ("protocol", "ocpp1.6"), ("slots", "3"), ("secret", House.StationSecret), ("name", "At the pier"));
        Assert.Equal("/stations/FORM1", $"{registered.Headers.Location}");
        using var changed = await visitor.PostAsync("/stations/FORM1", ("name", "At the gate"), ("slots", "4"));
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var station = await _house.SendAsync(HttpMethod.Get, "/api/v2/stations/FORM1");
        Assert.Equal(("At the gate", 4), (station["name"].AsString(), station["slots"].AsArray().Count));
        using var secret = await visitor.PostAsync("/stations/FORM1/secret", ("secret", "another secret of sixteen"));
        Assert.Equal(HttpStatusCode.SeeOther, secret.StatusCode);
        using var removed = await visitor.PostAsync("/stations/FORM1/remove");
        Assert.Equal("/stations", $"{removed.Headers.Location}");
        using var gone = await visitor.Client.GetAsync("/stations/FORM1");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("a/b", "2")]
    [InlineData("", "2")]
    [InlineData("FORM2", "many")]
    [InlineData("FORM2", "0")]
    public async Task Station_ThatCannotBe_IsRefusedInWords(string id, string slots)
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var refused = await visitor.PostAsync("/stations", ("id", id), ("protocol", "ocpp1.6"), ("slots", slots));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("class=\"problem\" role=\"alert\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Reset", "{", HttpStatusCode.BadRequest, "not JSON")]
    [InlineData("Reset", """{"type":"Soft"}""", HttpStatusCode.Conflict, "not connected")]
    public async Task Command_ThatDoesNotReachTheStation_SaysWhy(string action, string payload, HttpStatusCode status, string why)
    {
        var id = $"CMD{(int)status}";
        await _house.RegisterAsync(id);
        using var visitor = await _house.SignInAsync("operator");
        using var answer = await visitor.PostAsync($"/stations/{id}/commands", ("action", action), ("payload", payload));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_OfASlotAndThenTheStation_IsTakenAndGivenBack()
    {
        await _house.RegisterAsync("SERVICE");
        using var visitor = await _house.SignInAsync("operator");
        foreach (var (slot, operative, statuses) in ((string, string, string)[])
            [("2", "false", "available out-of-order"), ("", "false", "out-of-order out-of-order"), ("", "true", "available available")])
        {
            using var set = await visitor.PostAsync("/stations/SERVICE/service", ("slot", slot), ("operative", operative));
            Assert.Equal("/stations/SERVICE", $"{set.Headers.Location}");
            var slots = (await _house.SendAsync(HttpMethod.Get, "/api/v2/stations/SERVICE"))["slots"].AsArray();
            Assert.Equal(statuses, string.Join(' ', slots.Select(s => s["status"].AsString())));
        }

        using var restarted = await visitor.PostAsync("/stations/SERVICE/restart");
        Assert.Equal(HttpStatusCode.Conflict, restarted.StatusCode);
        Assert.Contains("not connected", await restarted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopUp_SentTwice_AddsMoneyOnce()
    {
        using var visitor = await _house.SignInAsync("operator");
        using var added = await visitor.PostAsync("/cards", ("id", "SAVER"), ("label", "Saver"));
        using var terms = await visitor.PostAsync("/cards/SAVER/terms", ("kind", "prepaid"), ("currency", "eur"));
        Assert.Equal(HttpStatusCode.SeeOther, terms.StatusCode);
        for (var i = 0; i < 2; i++)
        {
            using var topUp = await visitor.PostAsync("/cards/SAVER/top-up", ("amount", "25,50"), ("once", "form-1"));
            Assert.Equal(HttpStatusCode.SeeOther, topUp.StatusCode);
        }

        var account = await _house.SendAsync(HttpMethod.Get, $"/api/v2/accounts/{Uri.EscapeDataString("card:SAVER")}");
        Assert.Equal((2550, "prepaid"), (account["balance"], account["kind"].AsString()));
        using var refused = await visitor.PostAsync("/cards/SAVER/top-up", ("amount", "much"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Card_Blocked_IsBlockedForTheNextTap()
    {
        await _house.AddCardAsync("STOLEN");
        using var visitor = await _house.SignInAsync("operator");
        using var blocked = await visitor.PostAsync("/cards/STOLEN", ("status", "Blocked"), ("label", "Stolen"));
        Assert.Equal("/cards/STOLEN", $"{blocked.Headers.Location}");
        Assert.Equal("blocked", (await _house.SendAsync(HttpMethod.Get, "/api/v2/cards/STOLEN"))["status"].AsString());
    }

    [Fact]
    public async Task Ticket_ReportedAndClosed_BringsTheStationBack()
    {
        await _house.RegisterAsync("SICK");
        using var visitor = await _house.SignInAsync("support");
        using var reported = await visitor.PostAsync("/tickets", ("stationId", "SICK"), ("slot", "1"), ("code", "Vandalism"), ("info", "cable cut"));
        Assert.StartsWith("/tickets/", $"{reported.Headers.Location}", StringComparison.Ordinal);
        var station = await _house.SendAsync(HttpMethod.Get, "/api/v2/stations/SICK");
        Assert.Equal("out-of-order", station["slots"][0]["status"].AsString());
        using var closed = await visitor.PostAsync($"{reported.Headers.Location}/close", ("resolution", "New cable."));
        Assert.Equal(HttpStatusCode.SeeOther, closed.StatusCode);
        station = await _house.SendAsync(HttpMethod.Get, "/api/v2/stations/SICK");
        Assert.Equal("available", station["slots"][0]["status"].AsString());
        using var unknown = await visitor.PostAsync("/tickets", ("stationId", "NOWHERE"), ("code", "X"));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task Tariff_InMajorUnits_IsPreviewedAndKeptInMinorOnes()
    {
        using var visitor = await _house.SignInAsync("administrator");
        (string, string)[] form =
        [
            ("Id", "night"), ("Currency", "eur"), ("PerKwh", "0,395"), ("SessionFee", "1.50"), ("TaxPercent", "19"), ("Energy", "10"), ("Minutes", "30"),
        ];
        using var preview = await visitor.PostAsync("/tariffs/preview", form);
        Assert.Contains("6.49 EUR", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var saved = await visitor.PostAsync("/tariffs", form);
        Assert.Equal("/tariffs?id=night", $"{saved.Headers.Location}");
        var tariff = await _house.SendAsync(HttpMethod.Get, "/api/v2/tariffs/night");
        Assert.Equal(("39.5", "150"), ($"{tariff["perKwh"]}", $"{tariff["sessionFee"]}"));
        using var guess = await visitor.PostAsync("/tariffs/preview", [.. form.Where(f => f.Item1 != "Energy"), ("Energy", "full")]);
        Assert.Contains("is no number (energy)", await guess.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var refused = await visitor.PostAsync("/tariffs", ("Id", "night"), ("Currency", "eur"), ("PerKwh", "cheap"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Changes_OfAStation_AreToldForItsOwnEventsOnly()
    {
        await _house.RegisterAsync("WATCHED");
        using var visitor = await _house.SignInAsync("operator");
        using var stream = await visitor.Client.GetAsync("/changes?of=WATCHED", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal(": open", await reader.ReadLineAsync());
        await PublishAsync("1", "OTHER");
        await PublishAsync("2", "WATCHED");
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Equal("data: look", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Changes_OfAStation_AreToldForItsLightsToo()
    {
        await _house.RegisterAsync("LIT");
        using var visitor = await _house.SignInAsync("operator");
        using var stream = await visitor.Client.GetAsync("/changes?of=LIT", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal((": open", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        var store = _house.Get<IStore>();
        using var blue = new StringContent("""{"action":"on","color":"blue"}""", null, "application/json");
        using var set = await _house.Api.PostAsync("/api/v2/stations/LIT/leds/main", blue);
        Assert.Equal("data: look", await reader.ReadLineAsync());
        Assert.Empty(await store.FindEventsAsync(new EventQuery("LIT", [EventTypes.SlotStatus]), null, 1));
    }

    [Theory]
    [InlineData("/cards", "label", "For the fleet", "id", "")]
    [InlineData("/keys", "name", "For the fleet", "days", "30 days")]
    [InlineData("/people", "name", "For the fleet", "password", "short")]
    [InlineData("/tickets", "info", "For the fleet", "stationId", "NOWHERE")]
    [InlineData("/stations", "name", "For the fleet", "id", "a/b")]
    [InlineData("/sites", "name", "For the fleet", "timeZone", "Vienna")]
    public async Task Form_ThatIsRefused_ComesBackWithWhatWasTypedButNoSecret(string path, string kept, string text, string wrong, string value)
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var answer = await visitor.PostAsync(path, (kept, text), (wrong, value));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"value=\"{text}\"", html, StringComparison.Ordinal);
        Assert.Equal(wrong != "password", html.Contains($"name=\"{wrong}\" value=\"{value}\"", StringComparison.Ordinal));
        Assert.DoesNotContain($"value=\"{text}\"", await visitor.ReadAsync(path == "/keys" ? "/people" : path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"k","role":"emperor"}""", "no role")]
    [InlineData("""{"name":"k","role":"operator","scope":["everything"]}""", "no scope")]
    [InlineData("""{"name":"k","role":"operator","expiresAt":"2001-01-01T00:00:00Z"}""", "past")]
    [InlineData("""{"name":" ","role":"operator"}""", "name")]
    public async Task Key_ThatCannotBe_IsRefusedWithTheReason(string body, string reason)
    {
        using var answer = await _house.Api.PostAsync("/api/v2/keys", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, JsonValue.Parse(await answer.Content.ReadAsStringAsync())["detail"].AsString(), StringComparison.Ordinal);
    }

    // Browsers send nothing of boxes that are not ticked.
    [Theory]
    [InlineData("30", true)]
    [InlineData("", true)]
    [InlineData("30 days", false)]
    [InlineData("-1", false)]
    public async Task Key_WithNothingTicked_IsMadeForAllAndEndsWhenItWasMeantTo(string days, bool isMade)
    {
        using var visitor = await _house.SignInAsync("administrator");
        var name = $"of {Guid.NewGuid():N}";
        using var answer = await visitor.PostAsync("/keys", ("name", name), ("role", "read-only"), ("days", days));
        Assert.Equal(isMade ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var made = (await _house.SendAsync(HttpMethod.Get, "/api/v2/keys"))["items"].AsArray().Where(k => k["name"] == name).ToList();
        Assert.Equal(isMade ? 1 : 0, made.Count);
        Assert.All(made, key => Assert.Equal((true, days.Length == 0), (key["scope"].IsNull, key["expiresAt"].IsNull)));
    }

    [Fact]
    public async Task Person_WhoseLastSiteIsUnticked_SeesAllOfThemAgain()
    {
        await _house.SendAsync(HttpMethod.Put, "/api/v2/sites/quay", """{"name":"Quay"}""");
        var person = await _house.NewPersonAsync("operator");
        using var visitor = await _house.SignInAsync("administrator");
        foreach (var ticked in ((string, string)[][])[[("site", "quay")], []])
        {
            using var answer = await visitor.PostAsync($"/people/{person}/sites", ticked);
            Assert.Equal("/people", $"{answer.Headers.Location}");
            Assert.Equal(ticked.Length == 0, (await _house.Get<Server.Auth.People>().FindAsync(person, CancellationToken.None))!.Sites is null);
        }
    }

    [Fact]
    public async Task Form_ThatLacksWhatItNeeds_IsAnsweredByAPage()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var answer = await visitor.PostAsync("/people/operator/force");
        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("disabled", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_ThatIsRefused_KeepsWhatWasTyped()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var answer = await visitor.PostAsync("/sites", ("id", "quay"), ("name", "Quay Four"), ("timeZone", "Vienna"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("value=\"Quay Four\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_Replayed_IsOfferedToWhatStartsOnItAndSaysWhereNothingDoes()
    {
        await PublishAsync("replayed", "NOWHERE");
        var found = (await _house.Get<IStore>().FindEventsAsync(new EventQuery("NOWHERE"), null, 1))[0];
        using var visitor = await _house.SignInAsync("operator");
        Assert.Contains("No workflow starts on it", await visitor.ReadAsync($"/event-log/{found.Position}"), StringComparison.Ordinal);
        using var trial = await visitor.PostAsync(
            "/workflows/try", ("source", _house.Get<WorkflowCatalog>().All[0].Source), ("event", found.Envelope.ToString()));
        Assert.Contains("This event does not start it", await trial.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task PublishAsync(string id, string subject) => _house.SendAsync(
        HttpMethod.Post, "/events", $$"""{"specversion":"1.0","id":"{{id}}","source":"/watch","type":"test.happened","subject":"{{subject}}"}""");
}
