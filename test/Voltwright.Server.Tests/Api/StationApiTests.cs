using System.Text;
using Voltwright.Jq;

namespace Voltwright.Server.Tests.Api;

public sealed class StationApiTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Station_Registered_IsShownWithoutItsSecret()
    {
        var created = await PostAsync("stations", """{"id":"CP1","protocol":"ocpp1.6","slots":2,"secret":"hidden-secret"}""");

        Assert.Equal(201, created.Status);
        var shown = await _server.GetAsync("/api/v2/stations/CP1");
        Assert.Equal(
            ("CP1", "ocpp1.6", false), (shown.Json["id"].AsString(), shown.Json["protocol"].AsString(), shown.Json["connected"].IsTruthy));
        Assert.Equal(
            JsonValue.Parse("""[[1,"available"],[2,"available"]]"""),
            JsonArray.From(shown.Json["slots"].AsArray().Select(s => (JsonValue)JsonArray.Of(s["number"], s["status"]))));
        Assert.DoesNotContain("hidden-secret", created.Text + shown.Text, StringComparison.Ordinal);
        Assert.Equal(409, (await PostAsync("stations", """{"id":"CP1","protocol":"ocpp1.6","slots":2}""")).Status);
    }

    [Fact]
    public async Task Station_ChangedAndRemoved_IsSo()
    {
        await RegisterAsync("CP1");

        var changed = await SendAsync(HttpMethod.Patch, "stations/CP1", """{"name":"Front yard","slots":3}""");
        Assert.Equal(("Front yard", 3), (changed.Json["name"].AsString(), changed.Json["slots"].AsArray().Count));
        Assert.Equal(204, (await SendAsync(HttpMethod.Put, "stations/CP1/secret", """{"secret":"another-secret"}""")).Status);
        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, "stations/CP1", null)).Status);
        Assert.Equal(404, (await _server.GetAsync("/api/v2/stations/CP1")).Status);
    }

    [Fact]
    public async Task Slot_AcquiredByACard_IsItsOwnUntilNoneIsLeft()
    {
        await RegisterAsync("CP1", slots: 1);
        await PostAsync("cards", """{"id":"TAG1","status":"active"}""");
        await PostAsync("cards", """{"id":"TAG2"}""");
        await PostAsync("cards", """{"id":"TAG3","status":"blocked"}""");

        var acquired = await PostAsync("stations/CP1", """{"card":{"id":"TAG1","holder":"somebody"}}""");
        var again = await PostAsync("stations/CP1", """{"card":{"id":"TAG1"}}""");
        var full = await PostAsync("stations/CP1", """{"card":{"id":"TAG2"}}""");
        var blocked = await PostAsync("stations/CP1", """{"card":{"id":"TAG3"}}""");

        Assert.Equal((200, 1), (acquired.Status, (int)acquired.Json["slot"]["number"].AsDouble()));
        Assert.Equal(acquired.Json["session"]["id"], again.Json["session"]["id"]);
        Assert.Equal((400, "No charging slots available"), (full.Status, full.Json["detail"].AsString()));
        Assert.Equal(403, blocked.Status);
    }

    [Fact]
    public async Task Session_OfACard_IsFoundAsOfItsMoment()
    {
        await RegisterAsync("CP1");
        await PostAsync("cards", """{"id":"TAG1"}""");
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-5);

        var none = await _server.GetAsync("/api/v2/stations/CP1/session/TAG1");
        var acquired = await PostAsync("stations/CP1", """{"card":{"id":"TAG1"}}""");
        var now = await _server.GetAsync("/api/v2/stations/CP1/session/TAG1");
        var asOfBefore = await _server.GetAsync($"/api/v2/stations/CP1/session/TAG1?at={before:yyyy-MM-ddTHH:mm:ssZ}");

        Assert.Equal((404, "No active session"), (none.Status, none.Json["title"].AsString()));
        Assert.Equal(acquired.Json["session"]["id"], now.Json["session"]["id"]);
        Assert.Equal(404, asOfBefore.Status);
    }

    [Fact]
    public async Task Acquiring_WithOneIdempotencyKey_IsDoneOnce()
    {
        await RegisterAsync("CP1");
        await PostAsync("cards", """{"id":"TAG1"}""");

        var first = await AcquireWithKeyAsync("key-1");
        await SendAsync(HttpMethod.Put, $"sessions/{first.Json["session"]["id"].AsString()}/end", null);
        var repeated = await AcquireWithKeyAsync("key-1");

        Assert.Equal(first.Text, repeated.Text);
    }

    [Fact]
    public async Task Session_NeverCharged_EndsForNothing()
    {
        await RegisterAsync("CP1");
        await PostAsync("cards", """{"id":"TAG1"}""");
        var id = (await PostAsync("stations/CP1", """{"card":{"id":"TAG1"}}""")).Json["session"]["id"].AsString();

        Assert.Equal(409, (await SendAsync(HttpMethod.Put, $"sessions/{id}/pay", null)).Status);
        var ended = await SendAsync(HttpMethod.Put, $"sessions/{id}/end", null);
        var paid = await SendAsync(HttpMethod.Put, $"sessions/{id}/pay", null);
        var records = await _server.GetAsync($"/api/v2/sessions/{id}/records");

        Assert.Equal((200, "ended", 0), (
            ended.Status, ended.Json["session"]["status"].AsString(), (int)ended.Json["session"]["price"]["amount"].AsDouble()));
        Assert.Equal("paid", paid.Json["session"]["status"].AsString());
        Assert.Equal(200, records.Status);
        var listed = await _server.GetAsync("/api/v2/sessions?cardId=TAG1&status=paid");
        Assert.Equal(id, listed.Json["items"][0]["id"].AsString());
        Assert.Empty((await _server.GetAsync("/api/v2/sessions?status=charging")).Json["items"].AsArray());
    }

    [Fact]
    public async Task Incident_ReportedTwice_IsOneTicketAndClosingItRestoresTheSlot()
    {
        await RegisterAsync("CP1");

        var first = await PostAsync(
            "stations/CP1/support", """{"slotNumber":1,"error":{"code":"GroundFailure","info":"wet","vendorCode":null}}""");
        var second = await PostAsync("stations/CP1/support", """{"slotNumber":1,"error":{"code":"GroundFailure"}}""");
        var station = await _server.GetAsync("/api/v2/stations/CP1");
        var id = first.Json["ticket"]["id"].AsString();
        await PostAsync($"tickets/{id}/close", """{"resolution":"dried"}""");

        Assert.Equal(id, second.Json["ticket"]["id"].AsString());
        Assert.Equal("out-of-order", station.Json["slots"][0]["status"].AsString());
        Assert.Equal("available", (await _server.GetAsync("/api/v2/stations/CP1")).Json["slots"][0]["status"].AsString());
        Assert.Equal("closed", (await _server.GetAsync("/api/v2/tickets?stationId=CP1")).Json["items"][0]["status"].AsString());
    }

    private Task<Answer> RegisterAsync(string id, int slots = 2) =>
        PostAsync("stations", $$"""{"id":"{{id}}","protocol":"ocpp1.6","slots":{{slots}},"secret":"a-long-secret"}""");

    private Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private Task<Answer> SendAsync(HttpMethod method, string path, string? body) =>
        _server.SendAsync(method, "/api/v2/" + path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<Answer> AcquireWithKeyAsync(string key)
    {
        using var client = _server.NewClient(RunningServer.AdministratorKey);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return await _server.SendAsync(
            HttpMethod.Post, "/api/v2/stations/CP1", new StringContent(
                """{"card":{"id":"TAG1"}}""", Encoding.UTF8, "application/json"), client);
    }
}
