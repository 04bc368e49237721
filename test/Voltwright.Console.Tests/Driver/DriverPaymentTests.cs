using System.Net;
using Microsoft.Playwright;
using Voltwright.Console.Tests.Browser;
using Voltwright.Server.Payments;
using Voltwright.Simulator.Ocpp;
using Voltwright.Testing;
using Trouble = Voltwright.Testing.FakeStripe.Trouble;

namespace Voltwright.Console.Tests.Driver;

/// <summary>A driver without a charging card, who pays on the phone: by Stripe's client, at a stand-in of Stripe with a page of its own.</summary>
public sealed class DriverPaymentTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LocatorAssertionsToContainTextOptions Long = new() { Timeout = 60_000 };
    private FakeStripe _stripe = null!;
    private House _house = null!;

    public async ValueTask InitializeAsync()
    {
        _stripe = await FakeStripe.StartAsync();
        _house = await OpenAsync(5000);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Theory]
    [InlineData("light", "en", true)]
    [InlineData("dark", "de", false)]
    public async Task Charge_PaidOnThePhone_GoesFromTheCodeToTheReceipt(string scheme, string language, bool withScript)
    {
        var station = await StartStationAsync("harbour");
        await using var window = await chromium.OpenAsync(_house, null, 390, 844, scheme, language, withScript);
        var (page, english, findings) = (window.Page, language == "en", new List<string>());
        await page.GotoAsync("/s/harbour");
        await Expect(page, "#pay-hint", english ? "50.00 EUR" : "50,00 EUR");
        await LookAsync();
        if (english)
            await window.ShootAsync("driver-pay-phone");

        // Away to the provider; a bank that refuses; back, and away again.
        await page.Locator("button[formaction]").ClickAsync();
        await Expect(page, "h1", "Pay 5000 eur");
        await page.GetByText("Pay with a bad card").ClickAsync();
        await page.GetByText("Back").ClickAsync();
        await Expect(page, "#say", english ? "Not paid yet" : "Noch nicht bezahlt");
        await LookAsync();
        await page.Locator("a.primary").ClickAsync();
        await page.GetByText("Pay", new() { Exact = true }).ClickAsync();
        await Expect(page, "#say", english ? "Plug in at slot 1" : "Bitte an Platz 1 anstecken");
        await Expect(page, "#now", english ? "50.00 EUR are held" : "50,00 EUR sind");
        await LookAsync();

        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 3_000, Patience);
        if (!withScript)
            await page.ReloadAsync();
        await page.Locator("button.stop").ClickAsync();
        await Expect(page, "#say", english ? "Charged and paid" : "Geladen und bezahlt");
        var captured = Assert.Single(Assert.Single(_stripe.Checkouts).Captures);
        var paid = (captured / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        await Expect(page, "#now", english ? $"{paid} EUR are taken" : $"{paid.Replace('.', ',')} EUR werden");
        await page.Locator("a.primary").ClickAsync();
        await Expect(page, "tfoot", english ? paid : paid.Replace('.', ','));
        await Expect(page, ".facts", "visa •••• 4242");
        await LookAsync();
        Assert.Empty(window.Complaints);
        Assert.Empty(findings);

        // To the cent: session, ledger, figures and export.
        var session = (await _house.SendAsync(HttpMethod.Get, "/api/v2/sessions"))["items"][0];
        Assert.Equal(("paid", captured), (session["status"].AsString(), session["price"]["amount"]));
        Assert.Equal(captured, (await _house.SendAsync(HttpMethod.Get, "/api/v2/payments"))["items"][0]["amount"]);
        await _house.EventuallyAsync("/api/v2/analytics?by=station", report => $"{report}".Contains($":{captured}", StringComparison.Ordinal));
        var export = await _house.Api.GetStringAsync(new Uri("/api/v2/analytics/sessions.csv", UriKind.Relative));
        Assert.Contains($",{paid},{paid},", export, StringComparison.Ordinal);

        // Support gives some of it back at the console: the figures follow, and the driver is told.
        using var visitor = await _house.SignInAsync("operator");
        var answer = await visitor.PostAsync($"/sessions/{session["id"].AsString()}/refund", ("amount", "1.00"), ("once", "once"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal([100], _stripe.Checkouts.Single().Refunds);
        Assert.Contains("given back 1.00 EUR", await visitor.ReadAsync($"/sessions/{session["id"].AsString()}"), StringComparison.Ordinal);
        await _house.EventuallyAsync("/api/v2/analytics?by=station", report => $"{report}".Contains($":{captured - 100}", StringComparison.Ordinal));
        await page.GotoAsync("/s/harbour");
        await Expect(page, "#now", english ? "1.00 EUR of it was given back" : "davon 1,00 EUR erstattet");

        async Task LookAsync()
        {
            findings.AddRange(withScript ? await window.ScanAsync() : []);
            findings.AddRange(withScript ? await window.OverhangAsync() : []);
        }
    }

    [Fact]
    public async Task Phone_ThatIsRefusedCancelsOrIsAStranger_IsToldInWords()
    {
        var station = await StartStationAsync("words");
        using var phone = new Phone(_house);
        using var stranger = new Phone(_house);

        // Stripe will not open a page; then the driver gives up; the pages of a payment are its phone's alone.
        var times = 0;
        _stripe.Troubles = path => times++ == 0 ? Trouble.Refused : Trouble.None;
        Assert.Contains("Paying is not possible", (await PayAsync(phone, "words")).Html, StringComparison.Ordinal);
        var leading = await PayAsync(phone, "words");
        Assert.Contains(Assert.Single(_stripe.Checkouts).Page.ToString(), leading.Html, StringComparison.Ordinal);
        var hold = (await _house.SendAsync(HttpMethod.Get, "/api/v2/holds?status=open"))["items"][0]["id"].AsString();
        Assert.DoesNotContain("Not paid", await stranger.ReadAsync("/s/words"), StringComparison.Ordinal);
        var proof = Phone.Field(await phone.ReadAsync("/s/words"), "form-token");
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync("/s/words/pay/cancel", ("form-token", proof))).Status);
        Assert.Contains("Nothing was started, and nothing was taken", (await phone.PostAsync("/s/words/pay/cancel", ("form-token", proof))).Html, StringComparison.Ordinal);
        Assert.Equal("expired", Assert.Single(_stripe.Checkouts).Status);

        // It is paid, and no other phone can charge by what pays.
        await PayAsync(phone, "words");
        _stripe.Pay(_stripe.Checkouts.Single(c => c.Status == "open"));
        var held = await PaidAsync(phone, "words", "Plug in at slot 1");
        var id = (await _house.SendAsync(HttpMethod.Get, "/api/v2/holds?status=held"))["items"][0]["id"].AsString();
        Assert.Contains("not known here", (await stranger.StartAsync("words", id)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(id, held, StringComparison.Ordinal);
        Assert.Contains("Cancelled", await EventuallyAsync(phone, "words", "Cancelled", await phone.StopAsync("words")), StringComparison.Ordinal);
        Assert.Contains("Nothing was taken from your card", await EventuallyAsync(phone, "words", "Nothing was taken", await phone.SeeAsync("/s/words")), StringComparison.Ordinal);
        await _house.EventuallyAsync($"/api/v2/holds/{id}", h => h["status"] == "released");
        Assert.Equal("lapsed", (await _house.SendAsync(HttpMethod.Get, $"/api/v2/holds/{hold}"))["status"]);
        Assert.False(station.State.Slot(1).IsLocked);
    }

    [Fact]
    public async Task Capture_ThatStripeDoesNotAnswer_ReleasesTheCableAndIsMadeGoodByItself()
    {
        var station = await StartStationAsync("silent");
        using var phone = new Phone(_house);
        await PayAsync(phone, "silent");
        _stripe.Pay(Assert.Single(_stripe.Checkouts));

        // The driver does not come back to the page: Stripe's event begins the charge.
        using var anybody = _house.NewClient(null);
        (await FakeStripe.TellAsync(anybody, Assert.Single(_stripe.Checkouts))).EnsureSuccessStatusCode();
        await EventuallyAsync(phone, "silent", "Plug in at slot 1", await phone.SeeAsync("/s/silent"));
        await station.PlugInAsync(1);
        await station.WaitForEnergyAsync(1, 500, Patience);
        var times = 0;
        _stripe.Troubles = path => path.EndsWith("capture", StringComparison.Ordinal) && times++ < 1 ? Trouble.BrokenAfterwards : Trouble.None;
        var settling = await EventuallyAsync(phone, "silent", "Charging is over", await phone.StopAsync("silent"));
        Assert.Contains("payment is under way", settling, StringComparison.Ordinal);
        await station.State.WaitForSlotAsync(1, "free to go", s => !s.IsLocked, Patience);
        await EventuallyAsync(phone, "silent", "Charged and paid", await phone.SeeAsync("/s/silent"));
        Assert.Single(Assert.Single(_stripe.Checkouts).Captures);
        Assert.Empty((await _house.SendAsync(HttpMethod.Get, "/api/v2/runs?status=faulted"))["items"].AsArray());
    }

    [Fact]
    public async Task Charge_ThatUsesUpWhatIsHeld_EndsByItselfAndCostsNoMore()
    {
        await _house.DisposeAsync();
        _house = await OpenAsync(300);
        var station = await StartStationAsync("enough");
        using var phone = new Phone(_house);
        await PayAsync(phone, "enough");
        _stripe.Pay(Assert.Single(_stripe.Checkouts));
        await PaidAsync(phone, "enough", "Plug in at slot 1");
        await station.PlugInAsync(1);
        await EventuallyAsync(phone, "enough", "Charged and paid", await phone.SeeAsync("/s/enough"));
        Assert.Equal([300], Assert.Single(_stripe.Checkouts).Captures);
        Assert.Contains("3.00 EUR", await phone.ReadAsync("/s/enough/receipt"), StringComparison.Ordinal);
    }

    private Task<House> OpenAsync(long hold) => House.OpenAsync(o => o with
    {
        Stripe = new StripeOptions(FakeStripe.Key, FakeStripe.Secret, _stripe.Address) { Patience = TimeSpan.FromSeconds(2), Hold = hold },
    });

    private static Task Expect(IPage page, string part, string text) => Assertions.Expect(page.Locator(part)).ToContainTextAsync(text, Long);

    private static async Task<(HttpStatusCode Status, string Html)> PayAsync(Phone phone, string station)
    {
        var answer = await phone.PostAsync($"/s/{station}/pay", ("attempt", Phone.Field(await phone.ReadAsync($"/s/{station}?new=1"), "attempt")));
        return answer.Status == HttpStatusCode.SeeOther ? await phone.SeeAsync($"/s/{station}") : answer;
    }

    private static async Task<string> PaidAsync(Phone phone, string station, string words)
    {
        await phone.SeeAsync($"/s/{station}/paid");
        return await EventuallyAsync(phone, station, words, await phone.SeeAsync($"/s/{station}"));
    }

    private static async Task<string> EventuallyAsync(Phone phone, string station, string words, (HttpStatusCode Status, string Html) answer)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!answer.Html.Contains(words, StringComparison.Ordinal) && !deadline.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            answer = await phone.SeeAsync($"/s/{station}");
        }

        Assert.Contains(words, answer.Html, StringComparison.Ordinal);
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
