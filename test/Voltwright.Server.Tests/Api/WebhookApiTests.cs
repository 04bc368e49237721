using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Api;

public sealed class WebhookApiTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData("""{"url":"http://127.0.0.1:9/"}""", "url", "allows")]
    [InlineData("""{"url":"http://169.254.169.254/latest"}""", "url", "allows")]
    [InlineData("""{"url":"https://ev-power-supplier.com/x"}""", "url", "this server")]
    [InlineData("""{"url":"ftp://example.com/"}""", "url", "http")]
    [InlineData("""{"url":"https://user:pass@example.com/"}""", "url", "password")]
    [InlineData("""{"url":"https://192.0.2.1/","secret":"mine"}""", "secret", "whsec_")]
    [InlineData("""{"url":"https://192.0.2.1/","concurrency":0}""", "concurrency", "64")]
    [InlineData("""{"url":"https://192.0.2.1/","types":[""]}""", "types", "empty")]
    public async Task Add_OfWhatCannotBe_NamesTheFieldAndTheRemedy(string body, string field, string says)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/api/v2/webhooks", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(field, answer.Json["field"].AsString());
        Assert.Contains(says, answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_AfterAdding_ArriveSignedAndWhole()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        await PublishAsync(server, "CP1", "before");
        await AddAsync(server, receiver, $$""","types":["t.*"],"secret":"{{Secret}}" """);
        await PublishAsync(server, "CP1", "after");

        var request = await receiver.NextAsync(1);

        Assert.Equal(("POST", "/hook?token=7"), (request.Method, request.Path));
        Assert.Equal("application/cloudevents+json; charset=utf-8", request.Header("Content-Type"));
        Assert.Equal("after", JsonValue.Parse(request.Body)["id"].AsString());
        Assert.StartsWith("evt_", request.Header("webhook-id"), StringComparison.Ordinal);
        Assert.Equal("v1," + SignatureOf(request, Secret), request.Header("webhook-signature"));
    }

    [Fact]
    public async Task Events_InBinaryMode_HaveTheirAttributesAsHeaders()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        await AddAsync(server, receiver, """,  "mode":"binary" """);
        await PublishAsync(server, "CP 1", "e1");

        var request = await receiver.NextAsync(1);

        Assert.Equal(("1.0", "e1", "CP%201"), (request.Header("ce-specversion"), request.Header("ce-id"), request.Header("ce-subject")));
        Assert.Equal(("""{"n":1}""", "application/json"), (request.Body, request.Header("Content-Type")));
    }

    [Fact]
    public async Task Secret_AfterCreation_IsInNoAnswer()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        var created = await AddAsync(server, receiver);
        var path = $"/api/v2/webhooks/{created["id"].AsString()}";
        var secret = created["secret"].AsString();

        await PublishAsync(server, "CP1", "e1");
        Assert.Equal("v1," + SignatureOf(await receiver.NextAsync(1), secret), receiver.Requests[0].Header("webhook-signature"));

        string[] answers = [path, "/api/v2/webhooks", $"{path}/deliveries", $"{path}/dead-letters"];
        foreach (var answer in answers)
            Assert.DoesNotContain(secret[6..], (await server.GetAsync(answer)).Text, StringComparison.Ordinal);
        Assert.True((await AddAsync(server, receiver, $$""","secret":"{{Secret}}" """))["secret"].IsNull);
    }

    [Fact]
    public async Task Secret_Changed_SignsBesideTheOldOne()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        var created = await AddAsync(server, receiver, $$""","secret":"{{Secret}}" """);
        var changed = await server.PostAsync($"/api/v2/webhooks/{created["id"].AsString()}/secret", "{}");
        await PublishAsync(server, "CP1", "e1");

        var request = await receiver.NextAsync(1);

        string[] expected = ["v1," + SignatureOf(request, changed.Json["secret"].AsString()), "v1," + SignatureOf(request, Secret)];
        Assert.Equal(expected, request.Header("webhook-signature")!.Split(' '));
    }

    [Fact]
    public async Task Receiver_ThatFails_LosesNothingKeepsOrderAndHoldsNoOtherUp()
    {
        var failures = 0;
        var arrived = new ConcurrentQueue<string>();
        await using var receiver = await FakeService.StartAsync(request =>
        {
            var e = JsonValue.Parse(request.Body);
            if (e["subject"] == "CP1" && Interlocked.Increment(ref failures) <= 2)
                return Results.StatusCode(500);
            arrived.Enqueue(e["id"].AsString());
            return Results.NoContent();
        });
        await using var server = await StartAsync(receiver);
        await AddAsync(server, receiver);
        foreach (var id in new[] { "a1", "a2", "a3" })
            await PublishAsync(server, "CP1", id);
        await PublishAsync(server, "CP2", "b1");

        await receiver.NextAsync(6);
        await EventuallyAsync(() => Task.FromResult(arrived.Count == 4));

        Assert.Equal(["b1", "a1", "a2", "a3"], arrived);
        Assert.Equal(receiver.Requests[0].Header("webhook-id"), receiver.Requests.Last(r => r.Body.Contains("\"a1\"", StringComparison.Ordinal)).Header("webhook-id"));
    }

    [Fact]
    public async Task DeadLetters_OfAReceiverThatRefuses_AreShownReplayedAndDiscarded()
    {
        var isBroken = true;
        await using var receiver = await FakeService.StartAsync(_ => Volatile.Read(ref isBroken) ? Results.BadRequest() : Results.NoContent());
        await using var server = await StartAsync(receiver);
        var path = $"/api/v2/webhooks/{(await AddAsync(server, receiver, ""","giveUpAfterSeconds":0"""))["id"].AsString()}";
        foreach (var id in new[] { "e1", "e2", "e3" })
            await PublishAsync(server, "CP1", id);
        await EventuallyAsync(async () => (await server.GetAsync(path)).Json["deadLetters"] == 3);

        var letters = (await server.GetAsync($"{path}/dead-letters")).Json["items"].AsArray();
        Assert.Equal(["e3", "e2", "e1"], letters.Select(l => l["event"]["id"].AsString()));
        Assert.Equal((400, "The receiver answered 400."), ((int)letters[0]["status"].AsDouble(), letters[0]["reason"].AsString()));

        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"{path}/dead-letters/{letters[0]["position"]}", null)).Status);
        Volatile.Write(ref isBroken, false);
        Assert.Equal(202, (await server.PostAsync($"{path}/dead-letters/{letters[2]["position"]}/replay", "")).Status);
        Assert.Equal(202, (await server.PostAsync($"{path}/dead-letters/replay", "")).Status);
        await EventuallyAsync(async () => (await server.GetAsync(path)).Json["deadLetters"] == 0);
        Assert.Equal(404, (await server.PostAsync($"{path}/dead-letters/999999/replay", "")).Status);
    }

    [Fact]
    public async Task Webhook_PausedAndResumed_SendsWhatHappenedMeanwhile()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        var path = $"/api/v2/webhooks/{(await AddAsync(server, receiver))["id"].AsString()}";
        Assert.Equal(204, (await server.PostAsync($"{path}/pause", "")).Status);
        await PublishAsync(server, "CP1", "e1");
        Assert.Equal("paused", (await server.GetAsync(path)).Json["status"].AsString());
        Assert.Empty(receiver.Requests);

        await server.PostAsync($"{path}/resume", "");

        Assert.Equal("e1", JsonValue.Parse((await receiver.NextAsync(1)).Body)["id"].AsString());
    }

    [Fact]
    public async Task Receiver_ThatIsGone_PausesItsWebhookWithANote()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.StatusCode(410));
        await using var server = await StartAsync(receiver);
        var path = $"/api/v2/webhooks/{(await AddAsync(server, receiver))["id"].AsString()}";
        await PublishAsync(server, "CP1", "e1");

        await EventuallyAsync(async () => (await server.GetAsync(path)).Json["status"] == "paused");

        Assert.Contains("410", (await server.GetAsync(path)).Json["note"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_AfterARestart_GoesOn()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        JsonValue created;
        await using (var first = await StartAsync(receiver, folder))
        {
            created = await AddAsync(first, receiver);
            await PublishAsync(first, "CP1", "e1");
            await receiver.NextAsync(1);
        }

        await using var second = await StartAsync(receiver, folder);
        await PublishAsync(second, "CP1", "e2");
        await EventuallyAsync(() => Task.FromResult(receiver.Requests.Any(r => r.Body.Contains("\"e2\"", StringComparison.Ordinal))));
        Assert.Equal(200, (await second.GetAsync($"/api/v2/webhooks/{created["id"].AsString()}")).Status);
    }

    [Fact]
    public async Task Webhook_ChangedAndRemoved_SendsAsItIsThen()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        var path = $"/api/v2/webhooks/{(await AddAsync(server, receiver))["id"].AsString()}";
        var change = new StringContent("""{"subjects":["CP2"],"timeoutSeconds":5}""", Encoding.UTF8, "application/json");
        var changed = await server.SendAsync(HttpMethod.Patch, path, change);
        Assert.Equal((200, 5), (changed.Status, (int)changed.Json["timeoutSeconds"].AsDouble()));
        await PublishAsync(server, "CP1", "e1");
        await PublishAsync(server, "CP2", "e2");
        Assert.Equal("e2", JsonValue.Parse((await receiver.NextAsync(1)).Body)["id"].AsString());
        await EventuallyAsync(async () => (await server.GetAsync($"{path}/deliveries")).Json["items"][0]["eventId"] == "e2");

        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, path, null)).Status);
        Assert.Equal(404, (await server.GetAsync(path)).Status);
        Assert.Empty((await server.GetAsync("/api/v2/webhooks")).Json["items"].AsArray());
    }

    [Fact]
    public async Task Add_TwiceWithTheSameKey_GivesTheSameWebhook()
    {
        await using var receiver = await FakeService.StartAsync(_ => Results.NoContent());
        await using var server = await StartAsync(receiver);
        server.Http.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        Assert.Equal((await AddAsync(server, receiver))["id"], (await AddAsync(server, receiver))["id"]);
        Assert.Single((await server.GetAsync("/api/v2/webhooks")).Json["items"].AsArray());
    }

    private static Task<RunningServer> StartAsync(FakeService receiver, TemporaryFolder? folder = null) => RunningServer.StartAsync(
        o => o with { Allow = [receiver.Address.Authority], DataFolder = folder?.Path ?? o.DataFolder });

    private static async Task<JsonValue> AddAsync(RunningServer server, FakeService receiver, string more = "")
    {
        var answer = await server.PostAsync("/api/v2/webhooks", $$"""{"url":"{{receiver.Address}}hook?token=7"{{more}}}""");
        Assert.True(answer.Status == 201, answer.Text);
        return answer.Json;
    }

    private static async Task PublishAsync(RunningServer server, string subject, string id)
    {
        var e = new { specversion = "1.0", id, source = "/test", type = "t.happened", subject, data = new { n = 1 } };
        using var content = JsonContent.Create(e, new System.Net.Http.Headers.MediaTypeHeaderValue("application/cloudevents+json"));
        Assert.Equal(202, (await server.SendAsync(HttpMethod.Post, "/events", content)).Status);
    }

    private static string SignatureOf(FakeRequest request, string secret)
    {
        var signed = $"{request.Header("webhook-id")}.{request.Header("webhook-timestamp")}.{request.Body}";
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed)));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}
