using System.Globalization;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

/// <summary>A run that listens has every event once and in order, whatever happens to the server.</summary>
public sealed class ListeningRunTests
{
    private const string Collects = """
        document: { dsl: '1.0.3', namespace: test, name: collects, version: '1.0.0' }
        do:
          - some: { listen: { to: { any: [ { with: { type: told } } ], until: '. | length >= 3' } }, export: { as: '{ some: . }' } }
          - pause: { wait: { milliseconds: 300 } }
          - more: { listen: { to: { any: [ { with: { type: told } } ], until: '. | length >= 3' } } }
          - all: { set: '${ $context.some + . }' }
        """;

    [Fact]
    public async Task Run_ThatListens_HasEveryEventOnceInOrder_AlsoBetweenItsListens()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Collects, "application/yaml");
        await server.TellAsync(0);
        var id = await server.StartRunAsync("test/collects", "");

        for (var n = 1; n <= 7; n++)
            await server.TellAsync(n);
        var run = await server.EndOfRunAsync(id);

        Assert.Equal(JsonValue.Parse("[1,2,3,4,5,6]"), run["output"]);
    }

    [Fact]
    public async Task Run_ThatListens_GoesOnAfterARestart_AndMissesNothing()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var server = await StartAsync(folder))
        {
            await server.PostAsync("/api/v2/workflows", Collects, "application/yaml");
            id = await server.StartRunAsync("test/collects", "");
            await server.TellAsync(1);
            await server.TellAsync(2);
        }

        await using (var again = await StartAsync(folder))
            await again.TellAsync(3);
        await using var last = await StartAsync(folder);
        for (var n = 4; n <= 6; n++)
            await last.TellAsync(n);

        Assert.Equal(JsonValue.Parse("[1,2,3,4,5,6]"), (await last.EndOfRunAsync(id))["output"]);
    }

    [Fact]
    public async Task Run_StartedByAnEvent_HearsWhatFollowsItsTrigger_EvenWhatCameBeforeItBegan()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", """
            document: { dsl: '1.0.3', namespace: test, name: follows, version: '1.0.0' }
            schedule: { on: { one: { with: { type: begin } } } }
            do:
              - hear: { listen: { to: { one: { with: { type: told } } } } }
            """, "application/yaml");

        await server.PostEventsAsync(Event("told", 1), Event("begin", 2), Event("told", 3), Event("told", 4));
        var run = await server.EndOfRunAsync((await server.RunsAsync("workflow=follows", 1))[0]["id"].AsString());

        Assert.Equal(JsonValue.Parse("[3]"), run["output"]);
    }

    [Fact]
    public async Task SuspendedRun_KeepsItsEvents_UntilItIsResumed()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Collects, "application/yaml");
        var id = await server.StartRunAsync("test/collects", "");
        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/suspend", "")).Status);
        for (var n = 1; n <= 6; n++)
            await server.TellAsync(n);

        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/resume", "")).Status);

        Assert.Equal(JsonValue.Parse("[1,2,3,4,5,6]"), (await server.EndOfRunAsync(id))["output"]);
    }

    [Fact]
    public async Task Run_ThatTimedOutListening_AndIsRetried_HearsWhatCameMeanwhile()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", """
            document: { dsl: '1.0.3', namespace: test, name: impatient, version: '1.0.0' }
            do:
              - hear: { listen: { to: { one: { with: { type: told } } } }, timeout: { after: { milliseconds: 100 } } }
            """, "application/yaml");
        var id = await server.StartRunAsync("test/impatient", "");
        Assert.Equal("faulted", (await server.EndOfRunAsync(id))["status"]);
        await server.TellAsync(5);

        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/retry", "")).Status);

        var run = await server.EndOfRunAsync(id);
        Assert.Equal(("completed", JsonValue.Parse("[5]")), (run["status"].AsString(), run["output"]));
        Assert.Equal(409, (await server.PostAsync($"/api/v2/runs/{id}/retry", "")).Status);
    }

    private static JsonValue Event(string type, int data) => EventPosting.Event(type, data);

    private static Task<RunningServer> StartAsync(TemporaryFolder folder) =>
        RunningServer.StartAsync(o => o with { DataFolder = folder.Path });
}

/// <summary>Events as a program posts them.</summary>
internal static class EventPosting
{
    public static JsonValue Event(string type, int data) => JsonObject.Of(
        ("specversion", "1.0"), ("id", $"{type}-{data.ToString(CultureInfo.InvariantCulture)}"), ("source", "/t"), ("type", type), ("data", data));

    public static async Task PostEventsAsync(this RunningServer server, params JsonValue[] events) => Assert.InRange(
        (await server.PostAsync("/events", ((JsonValue)JsonArray.From(events)).ToString(), "application/cloudevents-batch+json")).Status, 200, 204);

    public static Task TellAsync(this RunningServer server, int data) => server.PostEventsAsync(Event("told", data));
}
