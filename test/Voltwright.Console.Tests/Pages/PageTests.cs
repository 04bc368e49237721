using System.Net;
using System.Text.RegularExpressions;
using Voltwright.Jq;
using Voltwright.Server.Auth;
using Voltwright.Stations;

namespace Voltwright.Console.Tests.Pages;

/// <summary>What pages say, without a browser.</summary>
public sealed class PageTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Script = "<script>document.title='owned'</script>";
    private readonly House _house = shared.House;

    [Fact]
    public async Task Script_InNamesLabelsAndEvents_IsText()
    {
        await _house.RegisterAsync("CP1", Script);
        await _house.AddCardAsync("TAG1", Script);
        JsonValue envelope = JsonObject.Of(
            ("specversion", "1.0"), ("id", "e1"), ("source", "https://ev-power-supplier.com/stations/CP1"), ("subject", "CP1"),
            ("type", "com.ev-power-supplier.charging-station.faulted.v1"),
            ("data", JsonObject.Of(("stationId", "CP1"), ("error", JsonObject.Of(("code", Script), ("info", Script))))));
        await _house.SendAsync(HttpMethod.Post, "/events", $"{envelope}");
        await _house.EventuallyAsync("/api/v2/tickets?stationId=CP1", t => t["items"].AsArray().Count == 1);
        var run = await _house.EventuallyAsync("/api/v2/runs?workflow=managing-ev-charging-stations", r => r["items"].AsArray().Count > 0);
        using var visitor = await _house.SignInAsync("administrator");
        foreach (var path in (string[])
        [
            "/", "/stations", "/stations/CP1", "/cards", "/cards/TAG1", "/tickets", "/event-log", $"/runs/{run["items"][0]["id"].AsString()}",
            "/sessions", "/workflows", "/runs", $"/stations?q={Uri.EscapeDataString(Script)}", $"/event-log?subject={Uri.EscapeDataString(Script)}",
        ])
        {
            var html = await visitor.ReadAsync(path);
            Assert.DoesNotContain("<script>document", html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("&lt;script&gt;", await visitor.ReadAsync("/stations/CP1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Ever_AllowsNoForeignCodeAndNoFrames()
    {
        using var visitor = await _house.SignInAsync("operator");
        using var page = await visitor.Client.GetAsync("/");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Page_BeforeAnyInteraction_IsSmall()
    {
        using var visitor = await _house.SignInAsync("operator");
        var total = (await visitor.ReadAsync("/")).Length;
        var assets = Regex.Matches(await visitor.ReadAsync("/"), "(?:src|href)=\"(/assets/[^\"]+)\"").Select(m => m.Groups[1].Value).Distinct();
        foreach (var asset in assets)
            total += (await visitor.ReadAsync(asset)).Length;
        Assert.True(total < 100_000, $"{total} bytes");
    }

    [Fact]
    public async Task Language_OfTheBrowser_IsSpoken()
    {
        using var visitor = await _house.SignInAsync("operator");
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE,de;q=0.9");
        Assert.Contains("<h1>Übersicht</h1>", WebUtility.HtmlDecode(await visitor.ReadAsync("/")), StringComparison.Ordinal);
        using var chosen = await visitor.PostAsync("/preferences", ("language", "en"), ("return", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, chosen.StatusCode);
        Assert.Contains("<h1>Overview</h1>", await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollBack_ToAnOlderVersion_DeploysItsTextAsTheNewest()
    {
        const string Old = "document:\n  dsl: '1.0.0'\n  namespace: default\n  name: rolling\n  version: '1.0.0' # keep\ndo:\n  - a:\n      set:\n        old: true\n";
        using var visitor = await _house.SignInAsync("administrator");
        foreach (var text in new[] { Old, Old.Replace("1.0.0' # keep", "1.1.0' # keep", StringComparison.Ordinal).Replace("old", "young", StringComparison.Ordinal) })
        {
            using var deployed = await visitor.PostAsync("/workflows", ("source", text));
            Assert.Equal("/workflows/default/rolling", $"{deployed.Headers.Location}");
        }

        const string Comparison = "/workflows/default/rolling/compare?from=1.0.0&to=1.1.0";
        foreach (var shown in (string[])["1.0.0", "1.1.0"])
            Assert.Contains(WebUtility.HtmlEncode(Comparison), await visitor.ReadAsync($"/workflows/default/rolling?version={shown}"), StringComparison.Ordinal);
        Assert.Contains("class=\"plus\"", await visitor.ReadAsync(Comparison), StringComparison.Ordinal);
        using var rolled = await visitor.PostAsync("/workflows/default/rolling/roll-back", ("version", "1.0.0"));
        Assert.Equal(HttpStatusCode.SeeOther, rolled.StatusCode);
        var newest = await _house.SendAsync(HttpMethod.Get, "/api/v2/workflows/default/rolling");
        Assert.Equal("1.1.1", newest["version"].AsString());
        Assert.Contains("old: true", newest["source"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_WithTheShippedWorkflow_PlaysTheEventAndTouchesNothing()
    {
        using var visitor = await _house.SignInAsync("operator");
        var source = (await _house.SendAsync(HttpMethod.Get, "/api/v2/workflows/default/managing-ev-charging-stations"))["source"].AsString();
        const string Event = """
            {"specversion":"1.0","id":"s1","source":"https://ev-power-supplier.com/stations/CP9","subject":"CP9","type":"com.ev-power-supplier.charging-station.card-scanned.v1",
             "data":{"stationId":"CP9","cardId":"TAG9","card":{"id":"TAG9"},"cause":"authorize","alreadyHappened":false}}
            """;
        using var tried = await visitor.PostAsync("/workflows/try", ("source", source), ("event", Event));
        var html = await tried.Content.ReadAsStringAsync();
        Assert.True(tried.StatusCode == HttpStatusCode.OK, html);
        Assert.Contains("start charging at slot 1 for card TAG9", html, StringComparison.Ordinal);
        var sessions = (await _house.SendAsync(HttpMethod.Get, "/api/v2/sessions?stationId=CP9"))["items"];
        Assert.Empty(sessions.AsArray());
        using var station = await _house.Api.GetAsync("/api/v2/stations/CP9");
        Assert.Equal(HttpStatusCode.NotFound, station.StatusCode);
    }

    [Fact]
    public async Task Sandbox_WithTwoTaps_PlaysAWholeCharge()
    {
        using var visitor = await _house.SignInAsync("operator");
        var source = (await _house.SendAsync(HttpMethod.Get, "/api/v2/workflows/default/managing-ev-charging-stations"))["source"].AsString();
        static string Tap(int number) => $$$"""
            {"specversion":"1.0","id":"s{{{number}}}","source":"https://ev-power-supplier.com/stations/CP9","subject":"CP9",
             "type":"com.ev-power-supplier.charging-station.card-scanned.v1",
             "data":{"stationId":"CP9","cardId":"TAG9","card":{"id":"TAG9"},"cause":"authorize","alreadyHappened":false}}
            """;
        using var tried = await visitor.PostAsync("/workflows/try", ("source", source), ("event", $"[{Tap(1)},{Tap(2)}]"));
        var html = await tried.Content.ReadAsStringAsync();
        Assert.True(tried.StatusCode == HttpStatusCode.OK, html);
        var told = (string[])["lock slot 1", "start charging at slot 1", "stop charging at slot 1", "unlock slot 1"];
        var places = told.Select(t => html.IndexOf(t, StringComparison.Ordinal)).ToList();
        Assert.True(places[0] > 0 && places.SequenceEqual(places.Order()), html);
        Assert.Contains("id=\"picture-of-run-1\"", html, StringComparison.Ordinal);
        // 5 kWh at 0.49 and 1.00 for the session, with 20 % tax.
        Assert.Contains("The session is paid: 4.14 EUR", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "Give one event")]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/x","type":"a"},{"id":"2"}]""", "Event 2 is no CloudEvent")]
    [InlineData(
        """[{"specversion":"1.0","id":"1","source":"/x","type":"a"},{"specversion":"1.0","id":"1","source":"/x","type":"b"}]""", "Event 2 has the source and id")]
    public async Task Sandbox_WithEventsThatCannotBe_SaysWhichAndWhy(string events, string why)
    {
        using var visitor = await _house.SignInAsync("operator");
        var source = (await _house.SendAsync(HttpMethod.Get, "/api/v2/workflows/default/managing-ev-charging-stations"))["source"].AsString();
        using var tried = await visitor.PostAsync("/workflows/try", ("source", source), ("event", events));
        Assert.Equal(HttpStatusCode.BadRequest, tried.StatusCode);
        Assert.Contains(why, await tried.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_ThatCallsOthers_IsNotLetOut()
    {
        using var visitor = await _house.SignInAsync("operator");
        var source = $$"""
            document: { dsl: '1.0.0', namespace: default, name: out, version: '1.0.0' }
            schedule: { on: { one: { with: { type: leave } } } }
            do:
              - go:
                  call: http
                  with: { method: get, endpoint: '{{_house.Address}}health/live' }
            """;
        using var tried = await visitor.PostAsync(
            "/workflows/try", ("source", source), ("event", """{"specversion":"1.0","id":"1","source":"/x","type":"leave"}"""));
        Assert.Contains("0.0.0.0", await tried.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.ReadOnly, false)]
    [InlineData(Roles.Administrator, true)]
    public async Task Forms_OnPages_AreThereForThoseWhoMay(string role, bool shown)
    {
        await _house.RegisterAsync($"of-{role}");
        using var visitor = await _house.SignInAsync(role);
        Assert.Equal(shown, (await visitor.ReadAsync($"/stations/of-{role}")).Contains($"/stations/of-{role}/commands", StringComparison.Ordinal));
        Assert.Equal(shown, (await visitor.ReadAsync("/tariffs")).Contains("formaction=\"/tariffs\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Session_FromTapToPayment_IsTheWholeStoryAndItsCurve()
    {
        await _house.RegisterAsync("STORY");
        await _house.AddCardAsync("TELLER");
        var grain = _house.Get<IGrainFactory>().GetGrain<IStationGrain>("STORY");
        var now = _house.Get<TimeProvider>().GetUtcNow();
        await grain.Connected("link", "ocpp1.6");
        var started = await grain.ChargingStarted(new ChargingStartedFact(1, "TELLER", 0, now, "t1"));
        for (var i = 1; i <= 5; i++)
            await grain.MeterReported(new MeterFact(1, "t1", [new MeterSample(now.AddSeconds(i), i * 100, 7_000 + i)]));
        using var visitor = await _house.SignInAsync("read-only");
        var charging = await visitor.ReadAsync($"/sessions/{started.SessionId}");
        Assert.Contains("<figure class=\"curve\">", charging, StringComparison.Ordinal);
        Assert.Contains("The session charges", charging, StringComparison.Ordinal);
        await grain.ChargingStopped(new ChargingStoppedFact("t1", 1, started.SessionId, 10_000, now.AddMinutes(1), "Local", null));
        await _house.EventuallyAsync("/api/v2/sessions?cardId=TELLER", s => s["items"][0]["status"] == "paid");
        var paid = await visitor.ReadAsync($"/sessions/{started.SessionId}");
        Assert.Contains("The session is paid: 7.08 EUR", paid, StringComparison.Ordinal);
        Assert.Contains("settling-ended-sessions", paid, StringComparison.Ordinal);
        using var receipt = await visitor.Client.GetAsync($"/sessions/{started.SessionId}/receipt.pdf");
        Assert.Equal("application/pdf", $"{receipt.Content.Headers.ContentType}");
    }
}
