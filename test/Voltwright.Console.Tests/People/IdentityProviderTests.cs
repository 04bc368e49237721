using System.Net;
using Microsoft.Playwright;
using Voltwright.Console.Tests.Browser;
using Voltwright.Server;
using Voltwright.Server.Auth;

namespace Voltwright.Console.Tests.People;

/// <summary>Signing in by an identity provider, in a real browser.</summary>
public sealed class IdentityProviderTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private StandInProvider _provider = null!;
    private House _house = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await StandInProvider.OpenAsync();
        _house = await House.OpenAsync(options => options with
        {
            IdentityProvider = new IdentityProviderOptions(new Uri(_provider.Issuer), StandInProvider.Client, StandInProvider.Secret)
            {
                Name = "Harbour ID", Roles = [("vw-ops", Roles.Operator), ("vw-look", Roles.ReadOnly)], CreatesAccounts = true,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_ByTheProvider_LeadsWhereOneWantedToGoAndOutAgain()
    {
        _provider.Claims["roles"] = new[] { "other", "vw-ops" };
        await using var window = await chromium.OpenAsync(_house, null);
        var page = window.Page;
        await page.Context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = SignIns.Cookie, Value = new string('a', 64), Url = $"{_house.Address}" }]);
        await page.GotoAsync("/sessions?status=paid");
        await page.GetByText("Harbour ID").ClickAsync();
        Assert.Equal(("code", "S256"), ($"{_provider.Asked!["response_type"]}", $"{_provider.Asked["code_challenge_method"]}"));
        await page.Locator("#go").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{_house.Address}sessions?status=paid");
        await Assertions.Expect(page.Locator(".user summary")).ToContainTextAsync("Nora N. operator");
        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == SignIns.Cookie);
        Assert.NotEqual(new string('a', 64), cookie.Value);
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));

        // What the role does not include stays closed; the role follows the provider at the next time.
        await page.GotoAsync("/people");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Not allowed");
        await page.Locator(".user summary").ClickAsync();
        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{_house.Address}sign-in");
        Assert.Equal(1, _provider.Left);
        using var old = _house.NewClient(null);
        old.DefaultRequestHeaders.Add("Cookie", $"{SignIns.Cookie}={cookie.Value}");
        Assert.Equal(HttpStatusCode.Found, (await old.GetAsync("/sessions")).StatusCode);
        _provider.Claims["roles"] = "vw-look";
        await SignInAsync(page);
        await Assertions.Expect(page.Locator(".user summary")).ToContainTextAsync("read-only");
        Assert.DoesNotContain(window.Complaints, c => c.StartsWith($"{_house.Address}", StringComparison.Ordinal) && !c.Contains("403", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonce", "did not work")]
    [InlineData("key", "did not work")]
    [InlineData("audience", "did not work")]
    [InlineData("issuer", "did not work")]
    [InlineData("expiry", "did not work")]
    [InlineData("role", "no role")]
    [InlineData("local", "somebody else")]
    [InlineData("renamed", "somebody else")]
    [InlineData("disabled", "out of force")]
    [InlineData("name", "has an account")]
    public async Task SignIn_ThatIsNotAsItShouldBe_IsRefused(string what, string told)
    {
        var people = _house.Get<Server.Auth.People>();
        _provider.Fault = what;
        _provider.Claims["roles"] = what == "role" ? "none-of-ours" : "vw-ops";
        _provider.Claims["preferred_username"] = what is "local" ? Roles.Administrator : what == "name" ? "No/Name" : "nora";
        if (what is "renamed" or "disabled")
        {
            var subject = $"{_provider.Issuer} {(what == "renamed" ? "u-0" : "u-1")}";
            Assert.Null((await people.AdmitAsync(new Vouched(subject, "nora", "Nora", Roles.Operator, true, true), CancellationToken.None)).Refusal);
            await people.SetDisabledAsync("nora", what == "disabled", CancellationToken.None);
        }

        await using var window = await chromium.OpenAsync(_house, null);
        await SignInAsync(window.Page);
        await Assertions.Expect(window.Page.Locator("[role=alert]")).ToContainTextAsync(told);
        await window.Page.GotoAsync("/");
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{_house.Address}sign-in");
    }

    [Fact]
    public async Task Callback_WithoutAStateOfThisBrowser_IsRefused()
    {
        await using var mine = await chromium.OpenAsync(_house, null);
        await mine.Page.GotoAsync("/sign-in/provider");
        var planted = await mine.Page.Locator("#go").GetAttributeAsync("href");
        await using var victim = await chromium.OpenAsync(_house, null);
        foreach (var address in new[] { planted!, "/sign-in/callback?code=x&state=y", "/sign-in/callback" })
        {
            await victim.Page.GotoAsync(address);
            await Assertions.Expect(victim.Page.Locator("[role=alert]")).ToContainTextAsync("did not work");
            Assert.DoesNotContain(await victim.Page.Context.CookiesAsync(), c => c.Name == SignIns.Cookie);
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_AskedToLeadElsewhere_LeadsHome(string place)
    {
        _provider.Claims["roles"] = "vw-ops";
        await using var window = await chromium.OpenAsync(_house, null);
        await window.Page.GotoAsync($"/sign-in/provider?return={Uri.EscapeDataString(place)}");
        await window.Page.Locator("#go").ClickAsync();
        await Assertions.Expect(window.Page).ToHaveURLAsync($"{_house.Address}");
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByText("Harbour ID").ClickAsync();
        await page.Locator("#go").ClickAsync();
    }
}
