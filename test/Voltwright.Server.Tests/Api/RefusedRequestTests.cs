using System.Text;

namespace Voltwright.Server.Tests.Api;

/// <summary>What is refused, and how it is said. Nothing here changes the server, so all share one.</summary>
public sealed class RefusedRequestTests(RefusedRequestTests.OneStation fixture) : IClassFixture<RefusedRequestTests.OneStation>
{
    private readonly RunningServer _server = fixture.Server;

    [Theory]
    [InlineData("""{"id":"CP2","protocol":"ocpp1.6","slots":2,"colour":"red"}""", "colour")]
    [InlineData("""{"id":"CP2","protocol":"ocpp1.6"}""", "slots")]
    [InlineData("""{"id":"CP2","protocol":"ocpp1.6","slots":"two"}""", "slots")]
    [InlineData("""{"id":"CP2","protocol":"telex","slots":2}""", "protocol")]
    [InlineData("""{"id":"C P","protocol":"ocpp1.6","slots":2}""", "id")]
    [InlineData("""{"id":"CP2","protocol":"ocpp1.6","slots":0}""", "slots")]
    public async Task Station_DescribedWrongly_IsRefusedByNameOfTheField(string body, string field)
    {
        var refused = await SendAsync(HttpMethod.Post, "stations", body);

        Assert.Equal((400, "application/problem+json"), (refused.Status, refused.ContentType.Split(';')[0]));
        Assert.Contains(field, refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "stations/NONE", null, 404)]
    [InlineData("POST", "stations/NONE", """{"card":{"id":"TAG1"}}""", 404)]
    [InlineData("GET", "stations/NONE/session/TAG1", null, 404)]
    [InlineData("POST", "stations/NONE/leds/main", """{"action":"on","color":"red"}""", 404)]
    [InlineData("PUT", "stations/NONE/slot/1/lock", null, 404)]
    [InlineData("POST", "stations/NONE/support", """{"error":{"code":"E"}}""", 404)]
    [InlineData("POST", "stations/NONE/commands", """{"action":"Reset"}""", 404)]
    [InlineData("PUT", "sessions/NONE/start", null, 404)]
    [InlineData("PUT", "sessions/NONE/end", null, 404)]
    [InlineData("PUT", "sessions/NONE/pay", null, 404)]
    [InlineData("GET", "sessions/NONE", null, 404)]
    [InlineData("GET", "sessions/NONE/records", null, 404)]
    [InlineData("GET", "cards/NONE", null, 404)]
    [InlineData("GET", "tariffs/NONE", null, 404)]
    [InlineData("GET", "accounts/NONE", null, 404)]
    [InlineData("GET", "payments/NONE", null, 404)]
    [InlineData("POST", "tickets/NONE/close", "{}", 404)]
    [InlineData("POST", "stations/CP1/leds/main", """{"action":"dance"}""", 400)]
    [InlineData("POST", "stations/CP1/leds/main", """{"action":"on","duration":0}""", 400)]
    [InlineData("POST", "stations/CP1/leds/9", """{"action":"on"}""", 404)]
    [InlineData("POST", "stations/CP1/leds/main", """{"action":"on","color":"red"}""", 503)]
    [InlineData("PUT", "stations/CP1/slot/1/unlock", null, 503)]
    [InlineData("PUT", "stations/CP1/slot/9/lock", null, 404)]
    [InlineData("POST", "stations/CP1/commands", """{"action":"Reset","payload":{"type":"Soft"}}""", 503)]
    public async Task Request_ThatCannotBeDone_IsAProblemOfThatStatus(string method, string path, string? body, int status)
    {
        var answer = await SendAsync(new HttpMethod(method), path, body);

        Assert.True(answer.Status == status, $"{method} {path}: {answer.Status} {answer.Text}");
        Assert.Equal(status, (int)answer.Json["status"].AsDouble());
        Assert.StartsWith("urn:voltwright:problem:", answer.Json["type"].AsString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read-only", "GET", "cards", 200)]
    [InlineData("read-only", "POST", "cards", 403)]
    [InlineData("operator", "POST", "cards", 201)]
    [InlineData("operator", "PUT", "tariffs/default", 403)]
    [InlineData("support", "PUT", "accounts/a-1", 403)]
    public async Task Key_OfARole_MayDoWhatTheRoleMay(string role, string method, string path, int status)
    {
        using var client = _server.NewClient(await _server.NewKeyAsync(role));
        var body = method == "GET" ? null : new StringContent(
            path == "cards" ? $$"""{"id":"{{role}}"}""" : """{"currency":"EUR"}""", Encoding.UTF8, "application/json");

        var answer = await _server.SendAsync(new HttpMethod(method), "/api/v2/" + path, body, client);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Cursor_OfNoList_IsRefused()
    {
        var answer = await _server.GetAsync("/api/v2/cards?after=nonsense");

        Assert.Equal(400, answer.Status);
        Assert.Contains("nonsense", answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, string? body) =>
        _server.SendAsync(method, "/api/v2/" + path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>A server that knows station CP1, which is not connected.</summary>
    public sealed class OneStation : IAsyncLifetime
    {
        public RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Server = await RunningServer.StartAsync();
            await Server.PostAsync("/api/v2/stations", """{"id":"CP1","protocol":"ocpp1.6","slots":2,"secret":"a-long-secret"}""");
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
