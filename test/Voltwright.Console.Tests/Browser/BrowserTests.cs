using Microsoft.Playwright;
using Voltwright.Analytics;
using Voltwright.Server.Auth;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Console.Tests.Browser;

/// <summary>Every page in a real browser, and an operator's day from morning to evening.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "de")]
    public async Task Pages_AllOfThem_LoadWithoutComplaintsAndSeriousFindings(int width, string scheme, string language)
    {
        await using var window = await chromium.OpenAsync(_house, Roles.Administrator, width, 900, scheme, language);
        var findings = new List<string>();
        foreach (var path in await FurnishAsync())
        {
            await window.Page.GotoAsync(path);
            if (path.StartsWith("/editor", StringComparison.Ordinal) && width > 1000)
                await Assertions.Expect(window.Page.Locator("[data-monaco][data-ready] .view-line").First).ToBeVisibleAsync();
            // A scan takes seconds: every page has one, and those made of every component a second one in the dark.
            if (width > 1000 || path is "/" or "/s/harbour" or "/stations/harbour" or "/people" || path.StartsWith("/runs/", StringComparison.Ordinal))
                findings.AddRange(await window.ScanAsync());
            findings.AddRange((await window.OverhangAsync()).Select(o => $"{path}: {o}"));
            if (NameOf(path, width > 1000) is { } name)
                await window.ShootAsync(name);
        }

        Assert.Empty(window.Complaints);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Fact]
    public async Task Description_OfTheApi_AsksNobodyElseForAnything()
    {
        await using var window = await chromium.OpenAsync(_house, Roles.Administrator);
        var asked = new List<string>();
        window.Page.Request += (_, request) => asked.Add(request.Url);
        await window.Page.GotoAsync("/docs", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(window.Page.Locator("h1").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal([new Uri(window.Page.Url).Authority], asked.Where(u => u.StartsWith("http", StringComparison.Ordinal)).Select(u => new Uri(u).Authority).Distinct());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Page_OfAStation_ChangesWithTheEventsAndWithoutLoadingAnew()
    {
        var station = await StartStationAsync("CP1");
        await _house.AddCardAsync("TAG1");
        await using var window = await chromium.OpenAsync(_house, Roles.Operator);
        await window.Page.GotoAsync("/stations/CP1");
        await window.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await Assertions.Expect(window.Page.Locator(".pulse.on")).ToBeAttachedAsync();
        await station.TapAsync("TAG1", 1);
        await Assertions.Expect(window.Page.Locator("#slots .bay").First).ToContainTextAsync("Session", new() { Timeout = 60_000 });
        await station.PlugInAsync(1);
        await Assertions.Expect(window.Page.Locator("#slots .bay.charging")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(window.Page.Locator("#slots figure.curve")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.True(await window.Page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Site_MadeAndGivenToAPerson_IsAllThatTheySee()
    {
        await _house.RegisterAsync("mine");
        await _house.RegisterAsync("others");
        await using var window = await chromium.OpenAsync(_house, Roles.Administrator);
        var page = window.Page;
        await page.GotoAsync("/sites");
        await page.Locator("#edit input[name=id]").FillAsync("pier");
        await page.Locator("#edit input[name=name]").FillAsync("The pier");
        await page.Locator("#edit input[name=timeZone]").FillAsync("Europe/Vienna");
        await page.Locator("#edit button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#list")).ToContainTextAsync("Europe/Vienna");
        await page.GotoAsync("/stations/mine");
        await page.Locator("select[name=siteId]").SelectOptionAsync("pier");
        await page.Locator("form:has(select[name=siteId]) button").ClickAsync();
        await Assertions.Expect(page.Locator(".said")).ToBeVisibleAsync();
        await page.GotoAsync("/stations?site=pier");
        await Assertions.Expect(page.Locator("#list tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync("/people");
        var form = page.Locator($"form[action='/people/{Roles.Operator}/sites']");
        await page.Locator("details", new() { Has = form }).Locator("summary").ClickAsync();
        await form.Locator("input[value=pier]").CheckAsync();
        await form.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator(".said")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);

        await using var theirs = await chromium.OpenAsync(_house, Roles.Operator);
        await Assertions.Expect(theirs.Page.Locator("#figures")).ToContainTextAsync("1stations");
        await theirs.Page.GotoAsync("/stations");
        await Assertions.Expect(theirs.Page.Locator("#list tbody tr")).ToHaveCountAsync(1);
        await theirs.Page.GotoAsync("/stations/others");
        await Assertions.Expect(theirs.Page.Locator("h1")).ToHaveTextAsync("Not found");
        await theirs.Page.GotoAsync("/cards");
        await Assertions.Expect(theirs.Page.Locator("details.card")).ToHaveCountAsync(0);
    }

    /// <summary>Some seconds by themselves; minutes with <c>VOLTWRIGHT_BROWSER_MINUTES</c>.</summary>
    [Fact]
    public async Task Overview_LeftOpenUnderTwoHundredEventsASecond_NeedsNoMoreMemory()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("VOLTWRIGHT_BROWSER_MINUTES") ?? "0.2", System.Globalization.CultureInfo.InvariantCulture);
        await _house.RegisterAsync("CP1");
        await using var window = await chromium.OpenAsync(_house, Roles.Operator);
        await window.Page.GotoAsync("/");
        var tools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        var heaps = new List<double>();
        var (time, number) = (TimeProvider.System, 0);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) is var elapsed && elapsed < TimeSpan.FromMinutes(minutes))
        {
            await TellAsync(number, 20);
            number += 20;
            if (elapsed >= TimeSpan.FromMinutes(minutes / 10) * heaps.Count)
                heaps.Add(await HeapAsync(tools));
            if (TimeSpan.FromSeconds(number / 200.0) - time.GetElapsedTime(began) is { Ticks: > 0 } early)
                await Task.Delay(early, time);
        }

        heaps.Add(await HeapAsync(tools));
        TestContext.Current.SendDiagnosticMessage($"{number} events; megabytes: {string.Join(' ', heaps.Select(h => $"{h / 1e6:0.0}"))}");
        Assert.InRange(heaps[^1], 0, (heaps[heaps.Count / 3] * 1.2) + 1e6);
        Assert.Empty(window.Complaints);
    }

    private async Task TellAsync(int first, int count)
    {
        var events = Enumerable.Range(first, count).Select(n => $$$"""
            {"specversion":"1.0","id":"m{{{n}}}","source":"/memory","type":"com.ev-power-supplier.charging-station.meter-values.v1","subject":"CP1","data":{"slotNumber":1}}
            """);
        using var batch = new StringContent($"[{string.Join(',', events)}]", null, "application/cloudevents-batch+json");
        using var answer = await _house.Api.PostAsync("/events", batch);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What is left of the page's heap after its garbage is gone, in bytes.</summary>
    private static async Task<double> HeapAsync(ICDPSession tools)
    {
        await tools.SendAsync("HeapProfiler.collectGarbage");
        return (await tools.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
    }

    [Fact]
    public async Task OperatorsDay_FromAdmissionToRetry_GoesByTheConsoleAlone()
    {
        await using var window = await chromium.OpenAsync(_house, Roles.Administrator);
        var page = window.Page;

        // A station knocks that nobody knows; it is admitted.
        var station = _house.NewStation("NEW1");
        var starting = station.StartAsync();
        await _house.EventuallyAsync("/api/v2/candidates", c => c["items"].AsArray().Count == 1);
        await page.GotoAsync("/stations");
        await page.Locator("#candidates summary").ClickAsync();
        await page.Locator("#candidates input[name=secret]").FillAsync(House.StationSecret);
        await page.Locator("#candidates button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("NEW1");
        await StartedAsync(station, starting);

        // It is asked for something in its own words: what they need stands there already.
        await page.Locator("input[name=action]").FillAsync("UnlockConnector");
        await Assertions.Expect(page.Locator("textarea[name=payload]")).ToHaveValueAsync("{\n  \"connectorId\": 1\n}");
        await page.Locator("form[action$=commands] button").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status] pre")).ToContainTextAsync("status");

        // A card is made known, the driver charges, the session is watched to its end.
        await page.GotoAsync("/cards");
        await page.Locator("details.card summary").ClickAsync();
        await page.Locator("details.card input[name=id]").FillAsync("ANNA");
        await page.Locator("details.card button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("ANNA");
        await station.TapAsync("ANNA", 1);
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        await page.GotoAsync("/sessions");
        await page.Locator("tbody a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("charging");
        await page.Locator("button.danger").ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("paid", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#price tfoot")).ToContainTextAsync("EUR");

        // A fault makes a ticket, which is closed.
        await station.FaultAsync(2, "GroundFailure", "leakage");
        await _house.EventuallyAsync("/api/v2/tickets", t => t["items"].AsArray().Count == 1);
        await page.GotoAsync("/");
        await page.Locator("#attention a", new() { HasText = "GroundFailure" }).First.ClickAsync();
        await page.Locator("textarea[name=resolution]").FillAsync("Dried it.");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("closed");

        // The tariff changes; the preview tells before.
        await page.GotoAsync("/tariffs");
        await page.Locator("input[name=PerKwh]").FillAsync("0,60");
        await Assertions.Expect(page.Locator("#preview tfoot")).ToContainTextAsync("15.60 EUR");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("tbody").First).ToContainTextAsync("0.60 EUR");

        await EditAndRepairAsync(page);
        await TryAsync(page);
        Assert.Empty(window.Complaints);
    }

    // A draft plays a whole charge before it is in force; its picture is whole at first, and opens where it is clicked.
    private static async Task TryAsync(IPage page)
    {
        await page.GotoAsync("/editor?space=default&name=managing-ev-charging-stations");
        await page.Locator("details.card summary").ClickAsync();
        await page.Locator("[data-fill]").Nth(1).ClickAsync();
        await page.Locator("button[formaction='/workflows/try']").ClickAsync();
        await Assertions.Expect(page.Locator("#trial")).ToContainTextAsync("The session is paid", new() { Timeout = 60_000 });
        var picture = page.Locator("#picture-of-run-1");
        await Assertions.Expect(picture).ToHaveClassAsync("drawing open");
        await picture.ClickAsync();
        await Assertions.Expect(picture).ToHaveClassAsync("drawing");
        Assert.True(await picture.EvaluateAsync<bool>("d => d.scrollWidth > d.clientWidth && d.scrollLeft > 0"));
    }

    // A workflow is written, its mistakes shown; it is deployed, fails, and goes on once what it missed is there.
    private async Task EditAndRepairAsync(IPage page)
    {
        const string Text = """
            document: { dsl: '1.0.0', namespace: default, name: greeting, version: '1.0.0' }
            schedule: { on: { one: { with: { type: greet } } } }
            do:
              - look:
                  call: http
                  with: { method: get, endpoint: https://ev-power-supplier.com/api/v2/cards/LATER }
            """;
        await page.GotoAsync("/editor");
        await page.Locator("[data-monaco][data-ready] .view-lines").ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(Text.Replace("call: http", "call: htttp", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#checked .findings .error").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".monaco-editor .squiggly-error").First).ToBeVisibleAsync();

        // What could stand there comes from the reader itself.
        await page.EvaluateAsync(
            "text => monaco.editor.getModels()[0].setValue(text)",
            Text[..Text.IndexOf("with: { method", StringComparison.Ordinal)] + "with:\n          ");
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync("me");
        await Assertions.Expect(page.Locator(".suggest-widget .monaco-list-row").First).ToContainTextAsync("method");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-editor]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("method: $"));
        await page.Locator("[data-plain]").CheckAsync();
        await page.Locator("[data-editor]").FillAsync(Text);
        await Assertions.Expect(page.Locator("#checked .drawing")).ToContainTextAsync("look");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("greeting");
        await _house.SendAsync(HttpMethod.Post, "/events", """{"specversion":"1.0","id":"g1","source":"/day","type":"greet"}""");
        await _house.EventuallyAsync("/api/v2/runs?workflow=greeting&status=faulted", r => r["items"].AsArray().Count == 1);
        await page.GotoAsync("/runs?status=faulted");
        await page.Locator("tbody tr", new() { HasText = "greeting" }).Locator("a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#error")).ToContainTextAsync("LATER");
        await Assertions.Expect(page.Locator("#why")).ToContainTextAsync("greet");
        await _house.AddCardAsync("LATER");
        await page.Locator("#acts button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("completed", new() { Timeout = 60_000 });
    }

    /// <summary>Something on every page; the addresses of all of them.</summary>
    private async Task<IReadOnlyList<string>> FurnishAsync()
    {
        var station = await StartStationAsync("harbour");
        await _house.RegisterAsync("quiet");
        await _house.SendAsync(HttpMethod.Put, "/api/v2/sites/pier", """{"name":"Pier","address":"Quay 4","timeZone":"Europe/Vienna"}""");
        foreach (var id in (string[])["harbour", "quiet", "pier-1", "pier-2", "pier-3"])
        {
            if (id.StartsWith("pier", StringComparison.Ordinal))
                await _house.RegisterAsync(id, $"Pier, bay {id[5..]}");
            await _house.SendAsync(HttpMethod.Patch, $"/api/v2/stations/{id}", """{"siteId":"pier"}""");
        }

        await _house.AddCardAsync("ANNA-01", "Anna's first");
        await station.TapAsync("ANNA-01", 1);
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 3_000, Patience);
        await station.FaultAsync(2, "GroundFailure", "leakage current 34 mA");
        await RememberAsync();
        await _house.SendAsync(
            HttpMethod.Post, "/events",
            """{"specversion":"1.0","id":"d1","source":"/doors","type":"com.ev-power-supplier.charging-station.door-opened.v1","data":{"stationId":"harbour"}}""");
        var ticket = await _house.EventuallyAsync("/api/v2/tickets", t => t["items"].AsArray().Count > 0);
        var failed = await _house.EventuallyAsync("/api/v2/runs?status=faulted", r => r["items"].AsArray().Count > 0);
        var told = await _house.Get<IStore>().FindEventsAsync(new EventQuery("harbour"), null, 1);
        var session = await _house.EventuallyAsync("/api/v2/sessions?status=charging", s => s["items"].AsArray().Count > 0);
        return
        [
            "/", "/s/harbour", "/stations", "/sites", "/stations/harbour", "/stations/quiet", "/sessions", $"/sessions/{session["items"][0]["id"].AsString()}", "/cards",
            "/cards/ANNA-01", "/tariffs", "/analytics", "/analytics?by=station",
            "/tickets", $"/tickets/{ticket["items"][0]["id"].AsString()}", "/event-log", $"/event-log/{told[0].Position}", "/workflows",
            "/workflows/default/managing-ev-charging-stations", "/editor?space=default&name=settling-ended-sessions", "/editor", "/runs",
            $"/runs/{failed["items"][0]["id"].AsString()}", "/people", "/audit", "/me",
        ];
    }

    /// <summary>A month of sessions for the charts.</summary>
    private async Task RememberAsync()
    {
        var (figures, now) = (_house.Get<Figures>(), TimeProvider.System.GetUtcNow());
        var sessions = Enumerable.Range(0, 240).Select(i => new SessionFact(
            $"past-{i}", "harbour", (i % 2) + 1, "ANNA-01", "default", "paid", now.AddHours((-3 * i) - 2), now.AddHours((-3 * i) - 2).AddSeconds(40),
            now.AddHours(-3 * i), 8_000 + (i * 97 % 9_000), 300, "EUR", 500 + (i * 13 % 400), 500 + (i * 13 % 400), "Local")).ToList();
        while (true)
        {
            var position = await figures.ReadPositionAsync();
            try
            {
                await figures.AddAsync(position, position, sessions, new FigureSheet(), []);
                return;
            }
            catch (StaleVersionException)
            {
                // The server added something meanwhile.
            }
        }
    }

    private async Task<OcppStation> StartStationAsync(string id)
    {
        await _house.RegisterAsync(id);
        var station = _house.NewStation(id);
        await station.StartAsync();
        return station;
    }

    // It gave up while it was unknown, or has come in meanwhile.
    private static async Task StartedAsync(OcppStation station, Task starting)
    {
        try
        {
            await starting;
        }
        catch (TimeoutException)
        {
            await station.WaitForConnectionAsync(true, Patience);
        }
    }

    /// <summary>Of which pages the manual has a picture.</summary>
    private static string? NameOf(string path, bool isWide) => (path.Trim('/').Split('?')[0].Split('/'), isWide) switch
    {
        ([""], true) => "overview",
        ([""], false) => "overview-phone",
        (["s", _], false) => "driver-phone",
        (["stations" or "analytics" or "sites" or "tariffs" or "people"] one, true) when !path.Contains('?', StringComparison.Ordinal) => one[0],
        (["stations", "harbour"], true) => "station",
        (["sessions", _], true) => "session",
        (["runs", _], true) => "run",
        (["editor"], true) when path.Contains('?', StringComparison.Ordinal) => "editor",
        _ => null,
    };
}
