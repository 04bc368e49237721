using System.Text;

namespace Voltwright.Server.Tests.Api;

public sealed class LedgerApiTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Card_AddedChangedAndForgotten_IsSo()
    {
        var added = await SendAsync(HttpMethod.Post, "cards", """{"id":"TAG1","status":"active","accountId":"a-1"}""");
        var changed = await SendAsync(HttpMethod.Patch, "cards/TAG1", """{"status":"blocked"}""");

        Assert.Equal((201, "active"), (added.Status, added.Json["status"].AsString()));
        Assert.Equal(("blocked", "a-1"), (changed.Json["status"].AsString(), changed.Json["accountId"].AsString()));
        Assert.Equal("TAG1", (await _server.GetAsync("/api/v2/cards?status=blocked")).Json["items"][0]["id"].AsString());
        Assert.Equal(400, (await SendAsync(HttpMethod.Patch, "cards/TAG1", """{"status":"lost"}""")).Status);
        Assert.Equal(409, (await SendAsync(HttpMethod.Post, "cards", """{"id":"TAG1"}""")).Status);
        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, "cards/TAG1", null)).Status);
        Assert.Equal(404, (await _server.GetAsync("/api/v2/cards/TAG1")).Status);
    }

    [Fact]
    public async Task Tariff_Set_IsShownAndCounted()
    {
        const string Body = """{"currency":"EUR","perKwh":49,"perMinute":0,"sessionFee":100,"idlePerMinute":10,"taxPercent":20}""";

        var set = await SendAsync(HttpMethod.Put, "tariffs/default", Body);
        var again = await SendAsync(HttpMethod.Put, "tariffs/default", Body);

        Assert.Equal((200, 49), (set.Status, (int)set.Json["perKwh"].AsDouble()));
        Assert.True(again.Json["version"].AsDouble() > set.Json["version"].AsDouble());
        Assert.Equal("EUR", (await _server.GetAsync("/api/v2/tariffs/default")).Json["currency"].AsString());
        Assert.Equal(400, (await SendAsync(HttpMethod.Put, "tariffs/default", """{"currency":"euro","perKwh":49}""")).Status);
        Assert.Equal(400, (await SendAsync(HttpMethod.Put, "tariffs/default", """{"currency":"EUR","perKwh":-1}""")).Status);
        Assert.Equal(400, (await SendAsync(HttpMethod.Put, "tariffs/default", """{"currency":"EUR","perkwh":49}""")).Status);
    }

    [Fact]
    public async Task Account_OpenedAndToppedUp_HasItsBalanceAndEntry()
    {
        var opened = await SendAsync(HttpMethod.Put, "accounts/a-1", """{"kind":"prepaid","currency":"EUR"}""");
        var toppedUp = await SendAsync(HttpMethod.Post, "accounts/a-1/top-ups", """{"amount":2500,"note":"cash"}""");

        Assert.Equal((200, "prepaid"), (opened.Status, opened.Json["kind"].AsString()));
        Assert.Equal(2500, (int)toppedUp.Json["balance"].AsDouble());
        Assert.Equal(2500, (int)toppedUp.Json["entries"][0]["amount"].AsDouble());
        Assert.Equal(400, (await SendAsync(HttpMethod.Post, "accounts/a-1/top-ups", """{"amount":-5}""")).Status);
        Assert.Equal("a-1", (await _server.GetAsync("/api/v2/accounts")).Json["items"][0]["id"].AsString());
    }

    [Fact]
    public async Task Lists_LongerThanOnePage_GoOnAfterTheCursor()
    {
        for (var i = 0; i < 5; i++)
            await SendAsync(HttpMethod.Post, "cards", $$"""{"id":"TAG{{i}}"}""");

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await _server.GetAsync($"/api/v2/cards?limit=2&after={after}");
            seen.AddRange(page.Json["items"].AsArray().Select(c => c["id"].AsString()));
            after = page.Json["next"].TryGetString(out var next) ? next : null;
        }
        while (after is not null);

        Assert.Equal(["TAG0", "TAG1", "TAG2", "TAG3", "TAG4"], seen.Order());
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, string? body) =>
        _server.SendAsync(method, "/api/v2/" + path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
}
