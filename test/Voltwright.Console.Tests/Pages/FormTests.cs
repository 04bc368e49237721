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

    [Fact]
    public async Task Card_ChangedFromAnOlderPage_KeepsWhatOthersDidMeanwhile()
    {
        await _house.AddCardAsync("STALE");
        using var visitor = await _house.SignInAsync("operator");
        await _house.SendAsync(HttpMethod.Patch, "/api/v2/cards/STALE", """{"status":"blocked","accountId":"acc-1"}""");
        (string, string)[] seen = [("was-status", "Active"), ("was-label", "STALE"), ("was-accountId", "")];
        using var changed = await visitor.PostAsync("/cards/STALE", [.. seen, ("status", "Active"), ("label", "Red"), ("accountId", "")]);
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var card = await _house.SendAsync(HttpMethod.Get, "/api/v2/cards/STALE");
        Assert.Equal(("blocked", "Red", "acc-1"), (card["status"].AsString(), card["label"].AsString(), card["accountId"].AsString()));
        using var emptied = await visitor.PostAsync("/cards/STALE", ("was-accountId", "acc-1"), ("accountId", ""), ("status", "blocked"), ("was-status", "blocked"));
        Assert.Equal(HttpStatusCode.SeeOther, emptied.StatusCode);
        Assert.True((await _house.SendAsync(HttpMethod.Get, "/api/v2/cards/STALE"))["accountId"].IsNull);
    }

    [Fact]
    public async Task Station_ChangedFromAnOlderPage_KeepsWhatOthersDidMeanwhile()
    {
        await _house.RegisterAsync("MOVED");
        await _house.SendAsync(HttpMethod.Put, "/api/v2/sites/moved", """{"name":"Moved","timeZone":"UTC"}""");
        await _house.SendAsync(HttpMethod.Patch, "/api/v2/stations/MOVED", """{"siteId":"moved"}""");
        using var visitor = await _house.SignInAsync("administrator");
        (string, string)[] seen = [("was-name", "MOVED"), ("was-slots", "2"), ("was-siteId", "")];
        using var changed = await visitor.PostAsync("/stations/MOVED", [.. seen, ("name", "Gate"), ("slots", "2"), ("siteId", "")]);
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var station = await _house.SendAsync(HttpMethod.Get, "/api/v2/stations/MOVED");
        Assert.Equal(("Gate", "moved"), (station["name"].AsString(), station["siteId"].AsString()));
        using var refused = await visitor.PostAsync("/stations/MOVED", [.. seen, ("name", "Gate"), ("slots", "3,5"), ("siteId", "")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Site_ThatPeopleAreRestrictedTo_StaysAndOneThatIsGoneRestrictsNobody()
    {
        await _house.SendAsync(HttpMethod.Put, "/api/v2/sites/west", """{"name":"West","timeZone":"UTC"}""");
        var person = await _house.NewPersonAsync("operator");
        using var visitor = await _house.SignInAsync("administrator");
        using var gone = await visitor.PostAsync($"/people/{person}/sites", ("site", "nowhere"));
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
        using var key = await visitor.PostAsync("/keys", ("name", "for nowhere"), ("role", "operator"), ("site", "nowhere"));
        Assert.Equal(HttpStatusCode.Conflict, key.StatusCode);
        using var restricted = await visitor.PostAsync($"/people/{person}/sites", ("site", "west"));
        Assert.Equal(HttpStatusCode.SeeOther, restricted.StatusCode);
        using var kept = await visitor.PostAsync("/sites/west/remove");
        Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
        using var keptToo = await _house.Api.DeleteAsync("/api/v2/sites/west");
        Assert.Equal(HttpStatusCode.Conflict, keptToo.StatusCode);
        using var twice = await visitor.PostAsync("/sites", ("id", "west"), ("name", "Another"), ("timeZone", "UTC"));
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Theory]
    [InlineData("role", "role", "read-only")]
    [InlineData("force", "disabled", "true")]
    [InlineData("sites", "site", "")]
    public async Task Account_OfOnesOwn_IsForAnotherAdministratorToChange(string what, string field, string value)
    {
        var person = await _house.NewPersonAsync("administrator");
        using var visitor = await _house.SignInAsync(person);
        using var refused = await visitor.PostAsync($"/people/{person}/{what}", (field, value));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Client.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Tariff_WithASlip_ComesBackWithTheSlipAndNotWithZero()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var refused = await visitor.PostAsync("/tariffs", ("Id", "slip"), ("Currency", "EUR"), ("PerKwh", "0,4x9"), ("Energy", "33"));
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Contains("name=\"PerKwh\" value=\"0,4x9\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"Energy\" value=\"33\"", html, StringComparison.Ordinal);
        foreach (var absurd in (string[])["79228162514264337593543950335", "9999999999999999999"])
        {
            using var answer = await visitor.PostAsync("/tariffs", ("Id", "slip"), ("Currency", "EUR"), ("PerKwh", absurd), ("TaxPercent", absurd));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("two")]
    [InlineData("1.0")]
    public async Task Ticket_OfASlotThatIsNone_TakesNothingOutOfOrder(string slot)
    {
        var id = $"TICKET{Guid.NewGuid():N}"[..20];
        await _house.RegisterAsync(id);
        using var visitor = await _house.SignInAsync("operator");
        using var refused = await visitor.PostAsync("/tickets", ("stationId", id), ("slot", slot), ("code", "GroundFailure"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var slots = (await _house.SendAsync(HttpMethod.Get, $"/api/v2/stations/{id}"))["slots"].AsArray();
        Assert.All(slots, s => Assert.Equal("available", s["status"].AsString()));
    }

    [Fact]
    public async Task Answer_ToAForm_IsGotAgainAtThePageOfTheForm()
    {
        using var visitor = await _house.SignInAsync("administrator");
        using var answer = await visitor.PostAsync("/keys", ("name", "once"), ("role", "read-only"), ("here", "/people"));
        Assert.Contains("data-here=\"/people\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var elsewhere = await visitor.PostAsync("/keys", ("name", ""), ("role", "read-only"), ("here", "//example.com/"));
        Assert.Contains("data-here=\"/\"", await elsewhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("data-here", await visitor.ReadAsync("/people"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/stations/X/commands")]
    public async Task Address_ThatIsNone_IsToldOnAPageToABrowser(string path)
    {
        using var visitor = await _house.SignInAsync("operator");
        visitor.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await visitor.Client.GetAsync(path);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True((int)answer.StatusCode is 404 or 405);
    }

    [Fact]
    public async Task Lists_AskedForAPageThatIsNone_SayNoAndTheFirstPageIsThere()
    {
        using var visitor = await _house.SignInAsync("administrator");
        foreach (var path in (string[])["/runs?after=x", "/audit?after=x", "/cards?after=x"])
        {
            using var answer = await visitor.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.DoesNotContain("before=\"", await visitor.ReadAsync("/event-log?before=2"), StringComparison.Ordinal);
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
