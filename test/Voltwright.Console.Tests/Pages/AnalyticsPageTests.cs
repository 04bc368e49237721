using Voltwright.Analytics;
using Voltwright.Server.Auth;
using Voltwright.Storage;

namespace Voltwright.Console.Tests.Pages;

/// <summary>Pages, API and files count the same days: those of the site, or those that all sites share.</summary>
public sealed class AnalyticsPageTests : IAsyncLifetime
{
    /// <summary>Half past midnight on the second of March in Vienna.</summary>
    private static readonly DateTimeOffset Late = new(2026, 3, 1, 23, 30, 0, TimeSpan.Zero);

    private House _house = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await House.OpenAsync();
        await _house.RegisterAsync("pier-1");
        await PutSiteAsync("pier", "Europe/Vienna");
        await _house.SendAsync(HttpMethod.Patch, "/api/v2/stations/pier-1", """{"siteId":"pier"}""");
        var usual = new SessionFact(
            "late", "pier-1", 1, "ANNA", "default", "paid", Late.AddHours(-1), Late.AddHours(-1), Late, 20_000, 0, "EUR", 1250, 1250, "Local");
        await AddAsync(usual, usual with { Id = "other", TariffId = "night", Billed = 99, Paid = 99 });
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("siteId=pier", false, "2026-03-02", "2026-03-02T00:30:00+01:00")]
    [InlineData("siteId=", false, "2026-03-02", "2026-03-02T00:30:00+01:00")]
    [InlineData("siteId=pier", true, "2026-03-02", "2026-03-02T00:30:00+01:00")]
    [InlineData("siteId=", true, "2026-03-01", "2026-03-01T23:30:00Z")]
    public async Task Day_OfASession_IsTheSameOnThePageAndInTheFile(string asked, bool withSiteElsewhere, string day, string endedAt)
    {
        if (withSiteElsewhere)
            await PutSiteAsync("quay", "Europe/Lisbon");
        using var visitor = await _house.SignInAsync(Roles.Operator);

        var page = await visitor.ReadAsync($"/analytics?from={day}&to={day}&tariffId=default&{asked}");
        using var file = await visitor.Client.GetAsync(Link(page, "csv"));
        var csv = (await file.Content.ReadAsStringAsync()).Split("\r\n");

        Assert.Contains($"<td class=\"id\">{day}</td>", page, StringComparison.Ordinal);
        Assert.Contains("12.50 EUR", page, StringComparison.Ordinal);
        Assert.Equal($"sessions-{day}-{day}.csv", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(3, csv.Length);
        Assert.Contains($",{endedAt},{day},", csv[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_AcrossSummerTime_AreWholeAndSoManyAsAskedFor()
    {
        using var visitor = await _house.SignInAsync(Roles.Operator);

        var page = await visitor.ReadAsync("/analytics?to=2026-04-10");

        Assert.Contains("name=\"from\" value=\"2026-03-12\"", page, StringComparison.Ordinal);
        Assert.Equal(30, page.Split("<tr><td class=\"id\">").Length - 1);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_house.Get<TimeProvider>().GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna")).DateTime);
        foreach (var from in (DateOnly[])[today, today.AddDays(-6), today.AddDays(-29), today.AddDays(1 - today.Day).AddMonths(-11)])
            Assert.Contains($"/analytics?from={from:yyyy-MM-dd}&amp;to={today:yyyy-MM-dd}&amp;", page, StringComparison.Ordinal);
    }

    private static string Link(string page, string ending)
    {
        var start = page.IndexOf($"/api/v2/analytics/sessions.{ending}?", StringComparison.Ordinal);
        return System.Net.WebUtility.HtmlDecode(page[start..page.IndexOf('"', start)]);
    }

    private Task PutSiteAsync(string id, string zone) =>
        _house.SendAsync(HttpMethod.Put, $"/api/v2/sites/{id}", $$"""{"name":"{{id}}","timeZone":"{{zone}}"}""");

    private async Task AddAsync(params SessionFact[] sessions)
    {
        var figures = _house.Get<Figures>();
        while (true)
        {
            var position = await figures.ReadPositionAsync();
            try
            {
                await figures.AddAsync(position, position, sessions, new FigureSheet(), [new("pier-1", Late.AddDays(-60), 1, null)]);
                return;
            }
            catch (StaleVersionException)
            {
                // The server added something meanwhile.
            }
        }
    }
}
