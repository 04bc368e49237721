using Microsoft.Playwright;
using Voltwright.Server.Auth;
using Voltwright.Stations;

namespace Voltwright.Console.Tests.Browser;

/// <summary>Pages that renew themselves while somebody works on them.</summary>
public sealed class LiveTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Form_OpenWhileItsListGrows_StaysThatOfItsStation()
    {
        await KnockAsync("CAND-B");
        await KnockAsync("CAND-C");
        await using var window = await chromium.OpenAsync(_house, Roles.Administrator);
        var page = window.Page;
        await page.GotoAsync("/stations");
        await FormOf(page, "CAND-B").Locator("xpath=..").Locator("summary").ClickAsync();
        await FormOf(page, "CAND-B").Locator("input[name=secret]").FillAsync("a secret of CAND-B");
        await page.Locator("h1").ClickAsync();

        await KnockAsync("CAND-A");
        await KnockAsync("CAND-D");
        await _house.SendAsync(HttpMethod.Post, "/events", """{"specversion":"1.0","id":"1","source":"/live","type":"test.happened"}""");

        await Assertions.Expect(page.Locator("#candidates li")).ToHaveCountAsync(4);
        await Assertions.Expect(FormOf(page, "CAND-B").Locator("input[name=secret]")).ToHaveValueAsync("a secret of CAND-B");
        foreach (var other in (string[])["CAND-A", "CAND-C", "CAND-D"])
        {
            await Assertions.Expect(FormOf(page, other).Locator("input[name=secret]")).ToHaveValueAsync("");
            await Assertions.Expect(FormOf(page, other)).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Focus_WhileAStationChanges_StaysOnItsButton()
    {
        await _house.RegisterAsync("FOCUS");
        await using var window = await chromium.OpenAsync(_house, Roles.Operator);
        await window.Page.GotoAsync("/stations/FOCUS");
        await window.Page.Locator("#slots form:has(input[name=slot][value='2']) button").FocusAsync();

        await _house.SendAsync(HttpMethod.Post, "/api/v2/stations/FOCUS/support", """{"slotNumber":1,"error":{"code":"GroundFailure"}}""");

        await Assertions.Expect(window.Page.Locator("#slots .bay").First).ToContainTextAsync("out-of-order");
        var slot = await window.Page.EvaluateAsync<string>("document.activeElement.form.querySelector('[name=slot]')?.value ?? 'none'");
        Assert.Equal("2", slot);
    }

    [Fact]
    public async Task Stream_ThatAProxyRefusedOnce_IsAskedForAgain()
    {
        await _house.RegisterAsync("PROXY");
        await using var window = await chromium.OpenAsync(_house, Roles.Operator);
        var refused = 0;
        await window.Page.RouteAsync("**/changes?*", route => ++refused == 1 ? route.FulfillAsync(new() { Status = 502 }) : route.ContinueAsync());
        await window.Page.GotoAsync("/stations/PROXY");
        await Assertions.Expect(window.Page.Locator("[data-pulse]")).ToHaveClassAsync("pulse lost");

        await Assertions.Expect(window.Page.Locator("[data-pulse]")).ToHaveClassAsync("pulse on", new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Page_AfterACommand_GoesOnBeingLiveAndSendsNothingTwice()
    {
        await _house.RegisterAsync("AGAIN");
        await using var window = await chromium.OpenAsync(_house, Roles.Operator);
        var page = window.Page;
        await page.GotoAsync("/stations/AGAIN");
        await page.Locator("input[name=action]").FillAsync("ClearCache");
        await page.Locator("form[action$=commands] button").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]", new() { HasText = "not connected" })).ToBeVisibleAsync();
        Assert.EndsWith("/stations/AGAIN", page.Url, StringComparison.Ordinal);

        await _house.SendAsync(HttpMethod.Post, "/api/v2/stations/AGAIN/support", """{"slotNumber":1,"error":{"code":"GroundFailure"}}""");
        await Assertions.Expect(page.Locator("#tickets")).ToContainTextAsync("GroundFailure");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("AGAIN");
        await Assertions.Expect(page.Locator("[role=status]", new() { HasText = "not connected" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task DriversPage_AfterAWrongCard_GoesOnBeingLive()
    {
        await _house.RegisterAsync("DRIVE");
        await _house.NewStation("DRIVE").StartAsync();
        await using var window = await chromium.OpenAsync(_house, null, 390);
        var page = window.Page;
        await page.GotoAsync("/s/DRIVE");
        await page.Locator("#card").FillAsync("NOBODY");
        await page.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".problem")).ToBeVisibleAsync();
        Assert.EndsWith("/s/DRIVE", page.Url, StringComparison.Ordinal);
        var before = await page.Locator("#slots").InnerTextAsync();

        await _house.SendAsync(HttpMethod.Post, "/api/v2/stations/DRIVE/support", """{"slotNumber":2,"error":{"code":"GroundFailure"}}""");

        await Assertions.Expect(page.Locator("#slots")).Not.ToHaveTextAsync(before, new() { UseInnerText = true });
        await Assertions.Expect(page.Locator(".problem")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#card")).ToBeVisibleAsync();
    }

    private static ILocator FormOf(IPage page, string id) => page.Locator($"#candidates form:has(input[value='{id}'])");

    private async Task KnockAsync(string id) =>
        await _house.Get<CandidateList>().NoteAsync(id, "ocpp1.6", "127.0.0.1", TimeProvider.System.GetUtcNow());
}
