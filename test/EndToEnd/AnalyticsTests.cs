using Voltwright.Analytics;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.EndToEnd;

public sealed class AnalyticsTests
{
    [Fact]
    public async Task Figures_OfARealDay_AreThoseOfTheLedgerToTheCent()
    {
        await using var system = await RunningSystem.StartAsync();
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP1", "ocpp1.6"), "TAG1");
        await system.ChargeAndPayAsync(await system.AddStationAsync("CP2", "mqtt"), "TAG2");
        await system.AddCardAsync("LOST");
        await system.SendAsync(HttpMethod.Patch, "cards/LOST", """{"status":"blocked"}""");
        await (await system.AddOcppStationAsync("CP3")).TapAsync("LOST", 1);
        // Stations' clocks may be a little ahead.
        var to = $"to={TimeProvider.System.GetUtcNow().AddHours(2):yyyy-MM-dd'T'HH:mm'Z'}";
        var ledger = (await system.GetAsync("payments"))["items"].AsArray().Where(p => p["status"] == "taken").Sum(p => Whole(p["amount"]));

        var report = await system.EventuallyAsync(
            $"analytics?by=station&{to}", "both sessions paid, a tap refused, the power seen",
            r => r["total"]["revenue"][0]["paid"] == ledger && r["total"]["refused"] == 1 && r["total"]["peakW"] != 0);

        Assert.True(ledger > 0);
        Assert.Equal(2, report["total"]["sessions"]);
        Assert.Equal(["CP1", "CP2", "CP3"], report["rows"].AsArray().Select(r => r["key"].AsString()));
        Assert.Equal(1, report["rows"][2]["figures"]["refused"]);
        Assert.Equal(ledger, report["rows"].AsArray().Take(2).Sum(r => Whole(r["figures"]["revenue"][0]["paid"])));
        foreach (var by in (string[])["hour", "day", "month", "tariff"])
            Assert.Equal(report["total"], (await system.GetAsync($"analytics?by={by}&{to}"))["total"]);
        Assert.Equal(ledger / 100m, SumOf(await system.Http.GetStringAsync($"/api/v2/analytics/sessions.csv?{to}"), "paid"));
    }

    [Fact]
    public async Task Figures_OfAnotherStore_AreBuiltAgainFromThisOne()
    {
        using var folder = new TemporaryFolder();
        var end = TimeProvider.System.GetUtcNow();
        using (var figures = Figures.OpenSqlite(folder.Path))
        {
            var foreign = new SessionFact("s-1", "CP9", 1, "TAG1", "default", "paid", end, end, end, 1000, 0, "EUR", 49, 49, null);
            await figures.AddAsync(0, 999, [foreign], new FigureSheet(), [new("CP9", end, 1, null)]);
        }

        await using var system = await RunningSystem.StartAsync(withWorkflows: false, o => o with { DataFolder = folder.Path });

        await system.EventuallyAsync("analytics?by=station", "no session and no station", r => r["total"]["sessions"] == 0 && r["rows"].AsArray().Count == 0);
    }

    [Fact]
    public async Task Figures_AfterEventsThatSayNonsense_GoOn()
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);
        Task TellAsync(string type, string time, string data) => system.Http.PostAsync("/events", new StringContent(
            $$"""
            {"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/x","type":"com.ev-power-supplier.charging-station.{{type}}.v1","subject":"CP1",
             "time":"{{time}}","data":{{data}}}
            """,
            null, "application/cloudevents+json"));
        await TellAsync("disconnected", "0001-01-01T00:00:00Z", "{}");
        await TellAsync("connected", "9999-12-31T23:50:00Z", "{}");
        await TellAsync("card-refused", "9999-12-31T23:59:59Z", $$"""{"decision":"{{new string('a', 99)}}\ud83d\ude00"}""");
        await TellAsync("card-refused", $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}", """{"decision":"blocked"}""");

        await system.EventuallyAsync("analytics?by=station", "both taps that were refused", r => r["total"]["refused"] == 2);
    }

    [Theory]
    [InlineData("analytics?to=0001-01-01T00:00Z")]
    [InlineData("analytics/sessions.csv?to=0001-01-01T00:00Z")]
    [InlineData("analytics?from=2026-02-01T00:00Z&to=2026-01-01T00:00Z")]
    [InlineData("analytics?by=hour&from=2020-01-01T00:00Z")]
    [InlineData("analytics?by=minute")]
    [InlineData("analytics/sessions.csv?from=2026-02-01T00:00Z&to=2026-01-01T00:00Z")]
    public async Task Question_ThatHasNoAnswer_IsRefused(string path)
    {
        await using var system = await RunningSystem.StartAsync(withWorkflows: false);

        using var response = await system.Http.GetAsync("/api/v2/" + path);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static decimal SumOf(string csv, string column)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToList();
        return lines.Skip(1).Sum(l => decimal.Parse(l[Array.IndexOf(lines[0], column)], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static long Whole(JsonValue value) =>
        value.TryGetInt64(out var whole) ? whole : throw new FormatException($"{value} is no whole number.");
}
