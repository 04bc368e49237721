using System.Diagnostics;
using Microsoft.Playwright;
using Voltwright.Console.Tests.Browser;
using Voltwright.Simulator.Ocpp;
using Voltwright.Stations;
using Voltwright.Storage;
using Voltwright.Testing;

namespace Voltwright.Console.Tests.Driver;

/// <summary>A driver at a station with a phone, nothing else.</summary>
public sealed class DriverBrowserTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = 60_000 };
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("light", "en")]
    [InlineData("dark", "de")]
    public async Task Charge_FromTheCodeToTheReceipt_GoesByThePhoneAlone(string scheme, string language)
    {
        var station = await StartStationAsync("harbour", "Harbour, east pier");
        await _house.AddCardAsync("ANNA-2468");
        await using var window = await chromium.OpenAsync(_house, null, 390, 844, scheme, language);
        var page = window.Page;
        var (english, findings) = (language == "en", new List<string>());
        await page.GotoAsync("/s/harbour");
        await Expect(page, "#say", english ? "2 slots are free" : "2 Plätze sind frei");
        await Expect(page, "#tariff", english ? "0.49 EUR" : "0,49 EUR");
        await LookAsync("choosing");

        // By keyboard: the number, and Enter.
        await page.Locator("#card").FillAsync("anna-2468");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page, "#say", english ? "Plug in at slot 1" : "Bitte an Platz 1 anstecken");
        await LookAsync("waiting");
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        await station.PlugInAsync(1);
        await Expect(page, "#say", english ? "Charging" : "Es lädt");
        await station.WaitForEnergyAsync(1, 3_000, Patience);
        await Expect(page, "#energy", "kWh");
        await Expect(page, "#power", "kW");
        await Expect(page, "#cost", "EUR");
        await LookAsync("charging");
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));

        await page.Locator("button.stop").ClickAsync();
        await Expect(page, "#say", english ? "Charged and paid" : "Geladen und bezahlt");
        await LookAsync("paid");
        var session = (await _house.SendAsync(HttpMethod.Get, "/api/v2/sessions?cardId=ANNA-2468"))["items"][0];
        Assert.Equal(("paid", "request"), (session["status"].AsString(), session["endCause"].AsString()));
        Assert.True(session["price"]["amount"].TryGetInt64(out var cents));
        var paid = (cents / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        await Expect(page, "#cost", english ? paid : paid.Replace('.', ','));
        await page.Locator("a.button").ClickAsync();
        await Expect(page, "tfoot", english ? paid : paid.Replace('.', ','));
        await Expect(page, ".facts", "•••• 2468");
        await LookAsync("receipt");
        Assert.Empty(window.Complaints);
        Assert.Empty(findings);

        async Task LookAsync(string moment)
        {
            findings.AddRange(await window.ScanAsync());
            findings.AddRange((await window.OverhangAsync()).Select(o => $"{moment}: {o}"));
            if (english && moment == "charging")
                await window.ShootAsync("driver-charging-phone");
        }
    }

    [Fact]
    public async Task Page_BeforeAnyInteraction_TransfersUnderHundredKilobytes()
    {
        await StartStationAsync("small");
        await using var window = await chromium.OpenAsync(_house, null, 390, 844);
        var finished = new List<Microsoft.Playwright.IRequest>();
        window.Page.RequestFinished += (_, request) => finished.Add(request);
        await window.Page.GotoAsync("/s/small");
        await Assertions.Expect(window.Page.Locator(".pulse.on")).ToBeAttachedAsync(new() { Timeout = 60_000 });
        var total = (await _house.Api.GetByteArrayAsync(new Uri(await window.Page.Locator("link[rel=icon]").GetAttributeAsync("href") ?? "", UriKind.Relative))).Length;
        foreach (var request in finished)
        {
            var sizes = await request.SizesAsync();
            total += sizes.ResponseBodySize + sizes.ResponseHeadersSize + sizes.RequestBodySize + sizes.RequestHeadersSize;
        }

        Assert.True(finished.Count >= 4, $"{finished.Count} requests");
        Assert.True(total < 100_000, $"{total} bytes");
        TestContext.Current.TestOutputHelper?.WriteLine($"{total} bytes in {finished.Count} requests");
    }

    [Fact]
    public async Task Page_WhenSomethingHappens_ShowsItWithinASecond()
    {
        await StartStationAsync("quick");
        await using var window = await chromium.OpenAsync(_house, null, 390, 844);
        await window.Page.GotoAsync("/s/quick");
        await Assertions.Expect(window.Page.Locator(".pulse.on")).ToBeAttachedAsync(new() { Timeout = 60_000 });
        var grain = _house.Get<IGrainFactory>().GetGrain<IStationGrain>("quick");
        var fastest = TimeSpan.MaxValue;

        // The machine may be busy: one of a few shows what the page can do.
        foreach (var (status, seen) in ((string, string)[])
        [
            ("charging", "occupied"), ("available", "free"), ("charging", "occupied"), ("available", "free"),
        ])
        {
            var began = Stopwatch.GetTimestamp();
            await grain.SlotStatusReported(new SlotStatusFact(2, status, null, null, null, _house.Get<TimeProvider>().GetUtcNow()));
            await window.Page.WaitForFunctionAsync(
                "seen => document.querySelector('#slots li:last-child')?.textContent.includes(seen)", seen, new() { PollingInterval = 10, Timeout = 60_000 });
            var took = Stopwatch.GetElapsedTime(began);
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest < TimeSpan.FromSeconds(1), $"{fastest}");
    }

    [Fact]
    public async Task Page_WithoutScript_StartsAndStopsACharge()
    {
        var station = await StartStationAsync("plain");
        await _house.AddCardAsync("ANNA");
        await using var window = await chromium.OpenAsync(_house, null, 390, 844, withScript: false);
        var page = window.Page;
        await page.GotoAsync("/s/plain");
        await page.Locator("#card").FillAsync("ANNA");
        await page.Locator("#start button").ClickAsync();
        await Expect(page, "#say", "Plug in at slot 1");
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        await page.ReloadAsync();
        await page.Locator("button.stop").ClickAsync();
        await Expect(page, "#say", "Charged and paid");
    }

    private static Task Expect(IPage page, string part, string text) => Assertions.Expect(page.Locator(part)).ToContainTextAsync(text, Long);

    private async Task<OcppStation> StartStationAsync(string id, string? name = null)
    {
        await _house.RegisterAsync(id, name);
        var station = _house.NewStation(id);
        await station.StartAsync();
        return station;
    }
}
