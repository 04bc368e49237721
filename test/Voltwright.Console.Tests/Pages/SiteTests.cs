using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Voltwright.Jq;
using Voltwright.Server.Auth;

namespace Voltwright.Console.Tests.Pages;

/// <summary>Who is restricted to a site, over every endpoint and page there is: nothing of another site is shown, done, or even there.</summary>
public sealed partial class SiteTests(TwoSites sites) : IClassFixture<TwoSites>
{
    private static readonly Dictionary<string, JsonValue> None = [];
    private readonly House _house = sites.House;

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.ReadOnly)]
    public async Task Endpoint_AskedByWhoSeesAnotherSite_ShowsAndDoesNothingOfIt(string role)
    {
        using var visitor = await VisitorAsync(role);
        var wrong = new List<string>();
        foreach (var (method, path) in Endpoints())
        {
            var real = PathOf(path, sites.Foreign, TwoSites.ForeignStation);
            using var response = await SendAsync(visitor.Client, method, real, visitor.FormToken);
            var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();

            // What was asked for may be said back; nothing else of it is known.
            var isNamed = real != PathOf(path, None, "nothing");
            if ((int)response.StatusCode >= 500 || (isNamed && response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden)))
                wrong.Add($"{method} {real}: {(int)response.StatusCode}");
            else if (!isNamed && Mention().Match(text) is { Success: true } mention)
                wrong.Add($"{method} {real} shows {mention.Value}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Endpoint_AskedForOnesOwn_Answers()
    {
        using var visitor = await VisitorAsync(Roles.Administrator);
        var refused = new List<string>();
        var shown = 0;
        foreach (var path in Endpoints().Where(e => e.Method == "GET").Select(e => e.Path))
        {
            var real = PathOf(path, sites.Own, TwoSites.OwnStation);
            using var response = await SendAsync(visitor.Client, "GET", real, "");
            var isNamed = real != PathOf(path, None, "nothing");
            if (isNamed && response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden && !path.EndsWith("receipt.pdf", StringComparison.Ordinal)
                && !path.Contains("/session/", StringComparison.Ordinal) && !real.StartsWith("/accounts", StringComparison.Ordinal))
                refused.Add($"{real}: {(int)response.StatusCode}");
            var isEndless = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            shown += !isEndless && (await response.Content.ReadAsStringAsync()).Contains(TwoSites.OwnStation, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Empty(refused);
        Assert.InRange(shown, 20, 200);
    }

    [Theory]
    [InlineData("POST", "/api/v2/stations", """{"id":"NEW-1","protocol":"mqtt","slots":1,"siteId":"south"}""", 400)]
    [InlineData("POST", "/api/v2/stations", """{"id":"NEW-1","protocol":"mqtt","slots":1}""", 400)]
    [InlineData("PATCH", "/api/v2/stations/OWN-77", """{"siteId":"south"}""", 400)]
    [InlineData("PATCH", "/api/v2/stations/OWN-77", """{"siteId":""}""", 400)]
    [InlineData("POST", "/api/v2/stations", """{"id":"NEW-1","protocol":"mqtt","slots":1,"siteId":"north"}""", 201)]
    [InlineData("POST", "/api/v2/reservations", """{"stationId":"FOREIGN-77","cardId":"X","slotNumber":3}""", 404)]
    [InlineData("POST", "/api/v2/firmware", """{"location":"http://x","version":"2","stationIds":["OWN-77","FOREIGN-77"]}""", 404)]
    [InlineData("POST", "/api/v2/certificates", """{"stationId":"FOREIGN-77","csr":"x"}""", 404)]
    [InlineData("POST", "/events", """{"specversion":"1.0","id":"e","source":"x","type":"t","subject":"FOREIGN-77"}""", 403)]
    [InlineData("POST", "/events", """{"specversion":"1.0","id":"e","source":"x","type":"t","subject":"OWN-77"}""", 202)]
    [InlineData("GET", "/api/v2/analytics?siteId=south", null, 400)]
    [InlineData("GET", "/api/v2/analytics?siteId=north&by=site", null, 200)]
    [InlineData("PUT", "/api/v2/sites/north", """{"name":"Mine"}""", 403)]
    [InlineData("POST", "/api/v2/keys", """{"name":"k","role":"administrator"}""", 403)]
    [InlineData("PATCH", "/api/v2/cards/TAG-1", """{"status":"blocked"}""", 403)]
    public async Task Wish_ThatNamesAStationInItsBody_IsJudgedByIt(string method, string path, string? body, int status)
    {
        using var client = _house.NewClient(sites.Key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, null, path == "/events" ? "application/cloudevents+json" : "application/json");
        using var response = await client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Stream_OfEvents_FollowsStationsToTheirSite()
    {
        using var client = _house.NewClient(sites.Key);
        using var response = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        foreach (var (station, id) in new[] { (TwoSites.ForeignStation, "hidden"), (TwoSites.OwnStation, "shown") })
            await _house.SendAsync(HttpMethod.Post, "/events", TwoSites.Event(station, id));
        await _house.SendAsync(HttpMethod.Patch, $"/api/v2/stations/{TwoSites.ForeignStation}", """{"siteId":"north"}""");
        await _house.SendAsync(HttpMethod.Patch, $"/api/v2/stations/{TwoSites.OwnStation}", """{"siteId":""}""");
        foreach (var (station, id) in new[] { (TwoSites.OwnStation, "left"), (TwoSites.ForeignStation, "last") })
            await _house.SendAsync(HttpMethod.Post, "/events", TwoSites.Event(station, id));

        var seen = new List<string>();
        while (!seen.Contains("last") && await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonValue.Parse(line[6..]) is var e && e["source"] == "https://tests")
                seen.Add(e["id"].AsString());
        }

        Assert.Equal(["shown", "last"], seen);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v2/stations/{TwoSites.OwnStation}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v2/stations/{TwoSites.ForeignStation}")).StatusCode);
        await _house.SendAsync(HttpMethod.Patch, $"/api/v2/stations/{TwoSites.ForeignStation}", """{"siteId":"south"}""");
        await _house.SendAsync(HttpMethod.Patch, $"/api/v2/stations/{TwoSites.OwnStation}", """{"siteId":"north"}""");
    }

    private async Task<Visitor> VisitorAsync(string role)
    {
        var id = await _house.NewPersonAsync(role);
        Assert.Null((await _house.Get<Server.Auth.People>().SetSitesAsync(id, ["north"], CancellationToken.None)).Refusal);
        return await _house.SignInAsync(id);
    }

    private IEnumerable<(string Method, string Path)> Endpoints() =>
        from endpoint in _house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path is not ("/sign-out" or "/sign-in")
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, path);

    // Reading comes first, so that nothing that is changed on the way hides what was there.
    private static string PathOf(string path, IReadOnlyDictionary<string, JsonValue> things, string station)
    {
        var section = path.StartsWith("/api/v2/", StringComparison.Ordinal) ? path[8..] : path[1..];
        return Parameter().Replace(path, m => (m.Groups[1].Value, section) switch
        {
            ("stationId", _) => station,
            ("id", _) when section.StartsWith("stations/", StringComparison.Ordinal) => station,
            ("sessionId", _) => IdOf("session"),
            ("id", _) when section.StartsWith("sessions/", StringComparison.Ordinal) => IdOf("session"),
            ("ticketId", _) => IdOf("ticket"),
            ("id", _) when section.StartsWith("tickets/", StringComparison.Ordinal) => IdOf("ticket"),
            ("reservationId", _) => IdOf("reservation"),
            ("id", _) when section.StartsWith("runs/", StringComparison.Ordinal) => IdOf("run"),
            ("cardId", _) when path.Contains("{stationId}", StringComparison.Ordinal) => TwoSites.CardOf(station),
            _ => m.Groups[2].Length > 0 ? "7" : "nothing",
        });

        string IdOf(string kind) => things.TryGetValue(kind, out var thing) ? thing["id"].AsString() : "nothing";
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string formToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Form-Token", formToken);
        if (method != "GET")
        {
            request.Content = path.StartsWith("/api/", StringComparison.Ordinal)
                ? new StringContent("{}", null, "application/json") : new FormUrlEncodedContent([]);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    [GeneratedRegex(".{0,40}(FOREIGN-77|Site south).{0,40}", RegexOptions.IgnoreCase)]
    private static partial Regex Mention();

    [GeneratedRegex(@"\{\*?([^}:?=]+)(:(?:int|long))?[^}]*\}")]
    private static partial Regex Parameter();
}

/// <summary>A house with a station at each of two sites, and something of everything at both.</summary>
public sealed class TwoSites : IAsyncLifetime
{
    public const string ForeignStation = "FOREIGN-77";
    public const string OwnStation = "OWN-77";

    public House House { get; private set; } = null!;

    /// <summary>Of an administrator at the one site.</summary>
    public string Key { get; private set; } = "";

    public Dictionary<string, JsonValue> Own { get; } = [];

    public Dictionary<string, JsonValue> Foreign { get; } = [];

    public async ValueTask InitializeAsync()
    {
        House = await House.OpenAsync();
        foreach (var (site, station, things) in new[] { ("north", OwnStation, Own), ("south", ForeignStation, Foreign) })
        {
            await House.SendAsync(HttpMethod.Put, $"/api/v2/sites/{site}", $$"""{"name":"Site {{site}}","timeZone":"Europe/Vienna"}""");
            await House.SendAsync(
                HttpMethod.Post, "/api/v2/stations",
                $$"""{"id":"{{station}}","protocol":"ocpp1.6","slots":3,"secret":"{{House.StationSecret}}","siteId":"{{site}}"}""");
            var (card, at) = (CardOf(station), $"/api/v2/stations/{station}");
            await House.AddCardAsync(card);
            things["session"] = (await House.SendAsync(HttpMethod.Post, at, $$$"""{"card":{"id":"{{{card}}}"}}"""))["session"];
            things["reservation"] = await House.SendAsync(
                HttpMethod.Post, "/api/v2/reservations", $$"""{"stationId":"{{station}}","cardId":"{{card}}","slotNumber":2}""");
            things["ticket"] = (await House.SendAsync(HttpMethod.Post, $"{at}/support", """{"slotNumber":3,"error":{"code":"Broken"}}"""))["ticket"];
            await House.SendAsync(HttpMethod.Post, "/events", Event(station, $"first-{station}"));
            things["run"] = (await House.EventuallyAsync(
                "/api/v2/runs?limit=1", runs => runs["items"].TryGetArray(out var items) && items.Count > 0
                    && items[0]["id"] != Own.GetValueOrDefault("run", JsonValue.Null)["id"]))["items"][0];
        }

        Key = (await House.SendAsync(HttpMethod.Post, "/api/v2/keys", """{"name":"north","role":"administrator","sites":["north"]}"""))["secret"].AsString();
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();

    /// <summary>Cards belong to no site.</summary>
    internal static string CardOf(string station) => station == OwnStation ? "TAG-1" : "TAG-2";

    internal static string Event(string station, string id) => $$$"""
        {"specversion":"1.0","id":"{{{id}}}","source":"https://tests","type":"com.ev-power-supplier.charging-station.card-scanned.v1","subject":"{{{station}}}",
        "data":{"stationId":"{{{station}}}","cardId":"NOBODY","card":{"id":"NOBODY"},"cause":"reader","alreadyHappened":false}}
        """;
}
