using Microsoft.Extensions.DependencyInjection;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

/// <summary>Runs that time starts.</summary>
public sealed class ScheduledRunTests
{
    [Fact]
    public async Task Every_StartsRunsAgainAndAgain_AlsoAfterARestart_UntilItIsRemoved()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await StartAsync(folder))
        {
            await server.PostAsync("/api/v2/workflows", Workflow("every: { milliseconds: 200 }"), "application/yaml");
            await server.RunsAsync("workflow=timed&status=completed", 2);
        }

        await using var again = await StartAsync(folder);
        var known = (await again.RunsAsync("workflow=timed", 2)).AsArray().Count;
        await again.RunsAsync("workflow=timed&status=completed", known + 2);

        Assert.Equal(204, (await again.SendAsync(HttpMethod.Delete, "/api/v2/workflows/test/timed/1.0.0", null)).Status);
        var timers = await again.App.Services.GetRequiredService<Storage.IStore>().ReadTimersAsync();
        Assert.DoesNotContain(timers, t => t.Stream == "schedule/test/timed");
    }

    [Fact]
    public async Task After_CountsFromTheEnd_SoThatRunsDoNotOverlap()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Workflow("after: { milliseconds: 100 }", "pause: { wait: { milliseconds: 150 } }"), "application/yaml");

        var runs = (await server.RunsAsync("workflow=timed&status=completed", 3)).AsArray().Reverse().ToArray();

        for (var i = 1; i < runs.Length; i++)
            Assert.True(Time(runs[i]["startedAt"]) >= Time(runs[i - 1]["endedAt"]).AddMilliseconds(100), $"{runs[i]} after {runs[i - 1]}");
    }

    [Fact]
    public async Task After_GoesOnWhenARunFaults_AndARetryBeginsNoSecondSeries()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync(
            "/api/v2/workflows",
            Workflow("after: { hours: 1 }", "fail: { raise: { error: { type: 'https://x.test/no', status: 500 } } }"), "application/yaml");
        var id = (await server.RunsAsync("workflow=timed&status=faulted", 1))[0]["id"].AsString();

        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/retry", "")).Status);
        await server.EndOfRunAsync(id);

        var timers = await server.App.Services.GetRequiredService<Storage.IStore>().ReadTimersAsync();
        Assert.Single(timers, t => t.Stream == "schedule/test/timed");
    }

    [Fact]
    public async Task Schedule_OfANewVersion_TakesTheOldOnesPlace_AndItsRunsAreOfTheNewVersion()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Workflow("every: { hours: 1 }"), "application/yaml");
        await server.PostAsync(
            "/api/v2/workflows", Workflow("every: { milliseconds: 200 }").Replace("1.0.0", "1.1.0", StringComparison.Ordinal), "application/yaml");

        var runs = await server.RunsAsync("workflow=timed&status=completed", 2);

        Assert.All(runs.AsArray(), run => Assert.Equal("1.1.0", run["workflow"]["version"]));
        var timers = await server.App.Services.GetRequiredService<Storage.IStore>().ReadTimersAsync();
        Assert.Single(timers, t => t.Stream == "schedule/test/timed");
    }

    [Fact]
    public async Task Versions_LiveSideBySide_AndRunsStayOnTheirs()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Listening("1.0.0"), "application/yaml");
        var old = await server.StartRunAsync("test/versioned", "");
        await server.PostAsync("/api/v2/workflows", Listening("2.0.0"), "application/yaml");
        var young = await server.StartRunAsync("test/versioned", "");

        await server.TellAsync(1);

        Assert.Equal("1.0.0", (await server.EndOfRunAsync(old))["output"]["version"]);
        Assert.Equal("2.0.0", (await server.EndOfRunAsync(young))["output"]["version"]);
    }

    private static string Listening(string version) => $$"""
        document: { dsl: '1.0.3', namespace: test, name: versioned, version: '{{version}}' }
        do:
          - hear: { listen: { to: { one: { with: { type: told } } } } }
          - say: { set: { version: '{{version}}' } }
        """;

    private static string Workflow(string schedule, string task = "a: { set: { b: 1 } }") => $$"""
        document: { dsl: '1.0.3', namespace: test, name: timed, version: '1.0.0' }
        schedule: { {{schedule}} }
        do: [ { {{task}} } ]
        """;

    private static DateTimeOffset Time(JsonValue time) =>
        DateTimeOffset.Parse(time.AsString(), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<RunningServer> StartAsync(TemporaryFolder folder) => RunningServer.StartAsync(o => o with { DataFolder = folder.Path });
}
