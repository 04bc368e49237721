using System.Net.Http.Headers;
using System.Text;

namespace Voltwright.Server.Tests.Auth;

public sealed class StationAuthenticationTests
{
    private const string Secret = "secret-of-cp1-long";

    [Fact]
    public async Task Station_WithItsSecret_ReportsItsOwnEvents_AndNothingElse()
    {
        await using var server = await StartAsync();
        using var station = Client(server, "CP1", Secret);

        Assert.Equal(202, (await ReportAsync(server, station, Event("1", "CP1"))).Status);
        Assert.Equal(400, (await ReportAsync(server, station, Event("2", "CP2"))).Status);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Get, "/api/v2/events", null, station)).Status);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Get, "/api/v2/stations/CP1", null, station)).Status);
        Assert.Single((await server.GetAsync("/api/v2/events?type=com.ev-power-supplier.charging-station.door*")).Json["items"].AsArray());
    }

    [Theory]
    [InlineData("CP1", "wrong")]
    [InlineData("CP9", Secret)]
    [InlineData("CP1", "")]
    public async Task Station_WithWrongCredentials_IsRefused(string id, string secret)
    {
        await using var server = await StartAsync();
        using var station = Client(server, id, secret);

        var answer = await ReportAsync(server, station, Event("1", id));

        Assert.Equal((401, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm9jb2xvbg==")]
    public async Task Credentials_ThatAreNone_AreRefused(string credentials)
    {
        await using var server = await StartAsync();
        using var client = server.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {credentials}");

        var answer = await ReportAsync(server, client, Event("1", "CP1"));

        Assert.Equal(401, answer.Status);
        Assert.Contains("base64(station:secret)", answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync();
        var body = $$"""{"id":"CP1","protocol":"mqtt","slots":1,"secret":"{{Secret}}"}""";
        Assert.Equal(201, (await server.PostAsync("/api/v2/stations", body)).Status);
        return server;
    }

    private static HttpClient Client(RunningServer server, string id, string secret)
    {
        var client = server.NewClient(null);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return client;
    }

    private static Task<Answer> ReportAsync(RunningServer server, HttpClient client, string envelope) =>
        server.SendAsync(HttpMethod.Post, "/events", new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json"), client);

    private static string Event(string id, string station) => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"https://ev-power-supplier.com/stations/{{station}}","subject":"{{station}}",
        "type":"com.ev-power-supplier.charging-station.door-opened.v1","data":{"stationId":"{{station}}"} }
        """;
}
