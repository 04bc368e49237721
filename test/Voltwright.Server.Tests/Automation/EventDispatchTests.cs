using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Storage.Sqlite;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

public sealed class EventDispatchTests
{
    private const string Structured = "application/cloudevents+json";

    private const string PerEvent = """
        document: { dsl: '1.0.3', namespace: test, name: per-event, version: '1.0.0' }
        schedule: { on: { any: [ { with: { type: test.a } } ] }, read: data }
        do: [ { keep: { set: { got: '${ $workflow.input[0].n }' } } } ]
        """;

    private const string PerSet = """
        document: { dsl: '1.0.3', namespace: test, name: per-set, version: '1.0.0' }
        schedule:
          on:
            all:
              - with: { type: test.left }
                correlate: { order: { from: .data.order } }
              - with: { type: test.right }
                correlate: { order: { from: .data.order } }
          read: data
        do: [ { keep: { set: { sum: '${ $workflow.input[0].n + $workflow.input[1].n }' } } } ]
        """;

    [Fact]
    public async Task Event_ThatMatches_StartsOneRun_HoweverOftenItIsSent()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", PerEvent, "application/yaml");
        foreach (var id in new[] { "1", "1", "2" })
            await server.PostAsync("/events", Event(id, "test.a", $$"""{"n":{{id}}}"""), Structured);
        await server.PostAsync("/events", Event("3", "test.other", "{}"), Structured);

        var runs = await server.RunsAsync("workflow=per-event&status=completed", 2);

        Assert.Equal(2, runs.AsArray().Count);
        var run = (await server.GetAsync($"/api/v2/runs/{runs[0]["id"].AsString()}")).Json;
        Assert.Equal(run["events"][0].AsString(), run["output"]["got"].ToString());
    }

    [Fact]
    public async Task Log_FollowedAgainFromItsBeginning_StartsNothingTwice()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await StartAsync(folder))
        {
            await server.PostAsync("/api/v2/workflows", PerEvent, "application/yaml");
            await server.PostAsync("/events", Event("1", "test.a", """{"n":1}"""), Structured);
            await server.RunsAsync("status=completed", 1);
        }

        // As after a crash in which the dispatcher's last place was not kept.
        using (var store = SqliteStore.Open(folder.Path))
        {
            var version = (await store.LoadAsync("dispatcher/events"))!.Version;
            await store.CommitAsync(new Commit { Writes = [new StreamWrite("dispatcher/events", version, null)] });
        }

        await using var again = await StartAsync(folder);
        await again.PostAsync("/events", Event("2", "test.a", """{"n":2}"""), Structured);
        var runs = await again.RunsAsync("status=completed", 2);

        Assert.Equal(2, runs.AsArray().Count);
    }

    [Fact]
    public async Task Event_PublishedWhileNobodyListened_StartsItsRunAfterTheStart()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await StartAsync(folder))
            await server.PostAsync("/api/v2/workflows", PerEvent, "application/yaml");
        using (var store = SqliteStore.Open(folder.Path))
            await store.CommitAsync(new Commit { Events = [JsonValue.Parse(Event("1", "test.a", """{"n":1}"""))] });

        await using var again = await StartAsync(folder);

        Assert.Single((await again.RunsAsync("status=completed", 1)).AsArray());
    }

    [Fact]
    public async Task Set_OfEvents_IsCompletedAcrossARestart_AndByCorrelation()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await StartAsync(folder))
        {
            await server.PostAsync("/api/v2/workflows", PerSet, "application/yaml");
            await server.PostAsync("/events", Event("1", "test.left", """{"order":"x","n":1}"""), Structured);
            await server.PostAsync("/events", Event("2", "test.left", """{"order":"y","n":2}"""), Structured);
        }

        await using var again = await StartAsync(folder);
        await again.PostAsync("/events", Event("3", "test.right", """{"order":"y","n":30}"""), Structured);
        var runs = await again.RunsAsync("status=completed", 1);
        var run = (await again.GetAsync($"/api/v2/runs/{runs[0]["id"].AsString()}")).Json;

        Assert.Single(runs.AsArray());
        Assert.Equal(32, run["output"]["sum"]);
        Assert.Equal(["2", "3"], run["events"].AsArray().Select(e => e.AsString()));
    }

    [Fact]
    public async Task Workflow_ThatFaultsAtEveryEvent_DoesNotHoldOthersUp()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Ok());
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", PerEvent, "application/yaml");
        await server.PostAsync("/api/v2/workflows", """
            document: { dsl: '1.0.3', namespace: test, name: poisoned, version: '1.0.0' }
            schedule: { on: { any: [ { with: { type: test.a, data: '${ error("no") }' } }, { with: { type: test.a } } ] }, read: data }
            do: [ { fail: { set: { a: '${ error("never") }' } } } ]
            """, "application/yaml");
        foreach (var id in new[] { "1", "2" })
            await server.PostAsync("/events", Event(id, "test.a", $$"""{"n":{{id}}}"""), Structured);

        Assert.Equal(2, (await server.RunsAsync("workflow=per-event&status=completed", 2)).AsArray().Count);
        Assert.Equal(2, (await server.RunsAsync("workflow=poisoned&status=faulted", 2)).AsArray().Count);
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder folder) =>
        RunningServer.StartAsync(o => o with { DataFolder = folder.Path });

    private static string Event(string id, string type, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/test","type":"{{type}}","data":{{data}}}""";
}
