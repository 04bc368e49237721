using Voltwright.Events;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Console.Tests.Pages;

public sealed class LongLogTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const int EventsSince = 12_000;
    private readonly House _house = shared.House;

    [Fact]
    public async Task Session_OfLongAgo_IsToldFromTheTapToThePayment()
    {
        var session = await ChargeAsync("OLD", "OLD-1");
        var store = _house.Get<IStore>();
        var closed = DateTimeOffset.Parse(session["closedAt"].AsString(), System.Globalization.CultureInfo.InvariantCulture);
        // A clock that was wrong must not lead the search astray, nor the card's later taps into this session.
        foreach (var some in Enumerable.Range(1, EventsSince).Chunk(1_000))
            await store.CommitAsync(new Commit { Events = [.. some.Select(n => Later(n, n % 100 == 0 ? closed.AddYears(-1) : closed.AddMinutes(10 + n)))] });
        using var visitor = await _house.SignInAsync("operator");

        var page = await visitor.ReadAsync($"/sessions/{session["id"].AsString()}");

        Assert.Contains("Workflow managing-ev-charging-stations ran: completed", page, StringComparison.Ordinal);
        Assert.Contains("The session is paid", page, StringComparison.Ordinal);
        Assert.Contains("class=\"area\"", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("Card OLD-1 was shown").Length - 1);
    }

    [Fact]
    public async Task Events_OfARareType_AreFoundStretchByStretch()
    {
        var store = _house.Get<IStore>();
        await _house.SendAsync(HttpMethod.Post, "/events", """{"specversion":"1.0","id":"rare","source":"/rare","type":"rare","subject":"RARE"}""");
        for (var some = 0; some < 21; some++)
            await store.CommitAsync(new Commit { Events = [.. Enumerable.Range(some * 1_000, 1_000).Select(n => Common(n))] });
        using var visitor = await _house.SignInAsync("operator");

        var first = await visitor.ReadAsync("/event-log?type=rare");
        var next = System.Net.WebUtility.HtmlDecode(first.Split("rel=\"next\"")[0].Split("href=\"")[^1].Split('"')[0]);

        Assert.Contains("Older events have not been looked through yet", first, StringComparison.Ordinal);
        Assert.Contains("<small>rare</small>", await visitor.ReadAsync(next), StringComparison.Ordinal);
        Assert.Contains("<small>rare</small>", await visitor.ReadAsync("/event-log?type=rare&subject=RARE"), StringComparison.Ordinal);
    }

    private static JsonValue Common(int number) => JsonObject.Of(
        ("specversion", "1.0"), ("id", $"common-{number}"), ("source", "/common"), ("type", "common"), ("time", "2026-01-01T00:00:00Z"));

    private static JsonValue Later(int number, DateTimeOffset at) => JsonObject.Of(
        ("specversion", "1.0"), ("id", $"later-{number}"), ("source", "/later"), ("type", EventTypes.CardScanned), ("subject", "OLD"),
        ("time", CloudEvents.FormatTime(at)), ("data", JsonObject.Of(("stationId", "OLD"), ("cardId", "OLD-1"))));

    private async Task<JsonValue> ChargeAsync(string stationId, string cardId)
    {
        await _house.AddCardAsync(cardId);
        await _house.RegisterAsync(stationId);
        var station = _house.NewStation(stationId);
        await station.StartAsync();
        await station.PlugInAsync(1);
        await station.TapAsync(cardId, 1);
        await station.WaitForEnergyAsync(1, 2_000);
        // A second tap so soon would be the first one, said again.
        await Task.Delay(TimeSpan.FromSeconds(3.2), TimeProvider.System);
        await station.TapAsync(cardId, 1);
        return (await _house.EventuallyAsync($"/api/v2/sessions?cardId={cardId}", s => s["items"][0]["status"] == "paid"))["items"][0];
    }
}
