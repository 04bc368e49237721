using Voltwright.Jq;

namespace Voltwright.Server.Tests.Events;

public sealed class EventEndpointTests
{
    private const string Structured = "application/cloudevents+json";

    [Fact]
    public async Task Publish_TheSameEventTwice_IsOneEvent()
    {
        await using var server = await RunningServer.StartAsync();

        var first = await server.PostAsync("/events", Event("1", "test.a"), Structured);
        var second = await server.PostAsync("/events", Event("1", "test.a"), Structured);

        Assert.Equal((202, 1, 0), (first.Status, (int)first.Json["accepted"].AsDouble(), (int)first.Json["known"].AsDouble()));
        Assert.Equal((202, 0, 1), (second.Status, (int)second.Json["accepted"].AsDouble(), (int)second.Json["known"].AsDouble()));
        Assert.Single((await server.GetAsync("/api/v2/events")).Json["items"].AsArray());
    }

    [Fact]
    public async Task Publish_Batch_AllArrive_InPagesByCursor()
    {
        await using var server = await RunningServer.StartAsync();
        var batch = $"[{Event("1", "test.a")},{Event("2", "test.b")},{Event("3", "other")}]";

        Assert.Equal(3, (await server.PostAsync("/events", batch, "application/cloudevents-batch+json")).Json["accepted"]);

        var page = (await server.GetAsync("/api/v2/events?type=test.*&limit=1")).Json;
        var rest = (await server.GetAsync($"/api/v2/events?type=test.*&after={page["next"].AsString()}")).Json;
        Assert.Single(page["items"].AsArray());
        Assert.Single(rest["items"].AsArray());
        Assert.True(rest["next"].IsNull);
    }

    [Fact]
    public async Task Publish_Binary_TakesAttributesFromHeaders()
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new StringContent("""{"a":1}""");
        content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", "9"), ("source", "/s"), ("type", "test.a") })
            content.Headers.TryAddWithoutValidation($"ce-{name}", value);
        content.Headers.TryAddWithoutValidation("ce-subject", "caf%C3%A9");

        Assert.Equal(202, (await server.SendAsync(HttpMethod.Post, "/events", content)).Status);

        var stored = (await server.GetAsync("/api/v2/events?subject=café")).Json["items"][0];
        Assert.Equal(1, stored["data"]["a"]);
        Assert.Equal("application/json", stored["datacontenttype"]);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s"}""", "$", "'type'")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/s","type":"t"}""", "$", "'specversion'")]
    [InlineData("""{"specversion":"1.0","id":7,"source":"/s","type":"t"}""", "$", "'id'")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"yesterday"}""", "$", "'time'")]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/s","type":"t","My-Name":1}]""", "[0]", "'My-Name'")]
    public async Task Publish_WhatIsNoEvent_NamesTheAttribute(string body, string field, string attribute)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/events", body, Structured);

        Assert.Equal(400, answer.Status);
        Assert.Equal(field, answer.Json["field"]);
        Assert.Contains(attribute, answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ResumedByLastEventId_MissesNothingAndRepeatsNothing()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var id in new[] { "1", "2", "3" })
            await server.PostAsync("/events", Event(id, "test.a"), Structured);
        await server.PostAsync("/events", Event("x", "other"), Structured);

        var all = await ReadAsync(server, "0", 2);
        var rest = await ReadAsync(server, all[^1].Position, 1);

        Assert.Equal(["1", "2"], all.Select(e => e.Id));
        Assert.Equal(["3"], rest.Select(e => e.Id));
    }

    [Fact]
    public async Task Stream_WithoutPosition_BeginsNow()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/events", Event("before", "test.a"), Structured);
        using var response = await server.Http.GetAsync("/events?type=test.*", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await server.PostAsync("/events", Event("after", "test.a"), Structured);

        Assert.Equal("after", (await NextAsync(reader)).Id);
    }

    private static async Task<List<(string Position, string Id)>> ReadAsync(RunningServer server, string after, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events?type=test.*");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var found = new List<(string, string)>();
        while (found.Count < count)
            found.Add(await NextAsync(reader));
        return found;
    }

    private static async Task<(string Position, string Id)> NextAsync(StreamReader reader)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var position = "";
        while (await reader.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                position = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (position, JsonValue.Parse(line[6..])["id"].AsString());
        }

        throw new EndOfStreamException("The stream of events ended.");
    }

    private static string Event(string id, string type) => $$"""{"specversion":"1.0","id":"{{id}}","source":"/test","type":"{{type}}"}""";
}
