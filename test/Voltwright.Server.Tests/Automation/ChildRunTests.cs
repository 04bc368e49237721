using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

/// <summary>Runs that start runs.</summary>
public sealed class ChildRunTests
{
    private const string Parent = """
        document: { dsl: '1.0.3', namespace: test, name: parent, version: '1.0.0' }
        do:
          - sub: { run: { workflow: { namespace: test, name: child, version: latest, input: { n: '${ .n }' } } } }
          - done: { set: { got: '${ .value }' } }
        """;

    private const string Child = """
        document: { dsl: '1.0.3', namespace: test, name: child, version: '1.0.0' }
        do:
          - call: { call: http, with: { method: post, endpoint: 'https://service.example/child', body: { n: '${ .n }' } } }
        """;

    [Fact]
    public async Task Child_GetsItsInput_AndItsOutputComesBack()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { value = 7 }));
        await using var server = await StartAsync(service);
        await DeployAsync(server, Parent, Child);

        var run = await server.EndOfRunAsync(await server.StartRunAsync("test/parent", """{"n":5}"""));

        Assert.Equal(JsonValue.Parse("""{"got":7}"""), run["output"]);
        Assert.Equal("""{"n":5}""", service.Requests[0].Body);
        Assert.Single((await server.RunsAsync("workflow=child", 1)).AsArray());
    }

    [Fact]
    public async Task Child_InterruptedByARestart_IsTheSameOne_AndItsEndArrives()
    {
        using var folder = new TemporaryFolder();
        var isBack = false;
        await using var service = await FakeService.StartAsync(async (_, context) =>
        {
            if (!isBack)
                await FakeService.NeverAsync(context);
            await context.Response.WriteAsJsonAsync(new { value = 7 });
        });
        string id;
        await using (var server = await StartAsync(service, folder))
        {
            await DeployAsync(server, Parent, Child);
            id = await server.StartRunAsync("test/parent", """{"n":5}""");
            await service.NextAsync(1);
        }

        isBack = true;
        await using var again = await StartAsync(service, folder);

        Assert.Equal("completed", (await again.EndOfRunAsync(id))["status"]);
        Assert.Single((await again.RunsAsync("workflow=child", 1)).AsArray());
        Assert.Equal(service.Requests[0].Header("Idempotency-Key"), service.Requests[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Parent_Cancelled_CancelsTheChildItAwaits()
    {
        await using var service = await FakeService.StartAsync((_, context) => FakeService.NeverAsync(context));
        await using var server = await StartAsync(service);
        await DeployAsync(server, Parent, Child);
        var id = await server.StartRunAsync("test/parent", """{"n":5}""");
        await service.NextAsync(1);

        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/cancel", "")).Status);

        await server.RunsAsync("workflow=child&status=cancelled", 1);
    }

    [Fact]
    public async Task ChildThatIsNotAwaited_RunsOn_AndTheParentEndsAtOnce()
    {
        var go = new TaskCompletionSource();
        await using var service = await FakeService.StartAsync(async (_, context) =>
        {
            await go.Task;
            await context.Response.WriteAsJsonAsync(new { value = 7 });
        });
        await using var server = await StartAsync(service);
        await DeployAsync(server, Parent.Replace("run: {", "run: { await: false,", StringComparison.Ordinal), Child);

        var run = await server.EndOfRunAsync(await server.StartRunAsync("test/parent", """{"n":5}"""));
        go.SetResult();

        Assert.Equal("completed", run["status"]);
        Assert.Equal("completed", (await server.EndOfRunAsync((await server.RunsAsync("workflow=child", 1))[0]["id"].AsString()))["status"]);
    }

    [Fact]
    public async Task WorkflowThatIsNotDeployed_FaultsTheParent_AndAfterDeployment_ARetryGoesOn()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { value = 7 }));
        await using var server = await StartAsync(service);
        await DeployAsync(server, Parent);
        var id = await server.StartRunAsync("test/parent", """{"n":5}""");
        var faulted = await server.EndOfRunAsync(id);
        Assert.Equal("/do/0/sub", faulted["error"]["instance"]);
        Assert.Contains("test/child latest", faulted["error"]["detail"].AsString(), StringComparison.Ordinal);

        await DeployAsync(server, Child);
        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{id}/retry", "")).Status);

        Assert.Equal(JsonValue.Parse("""{"got":7}"""), (await server.EndOfRunAsync(id))["output"]);
    }

    [Fact]
    public async Task Workflow_ThatRunsItself_IsStoppedAtADepth()
    {
        await using var server = await RunningServer.StartAsync();
        await DeployAsync(server, """
            document: { dsl: '1.0.3', namespace: test, name: endless, version: '1.0.0' }
            do: [ { again: { run: { workflow: { namespace: test, name: endless, version: '1.0.0' } } } } ]
            """);

        var run = await server.EndOfRunAsync(await server.StartRunAsync("test/endless", ""));

        Assert.Equal("faulted", run["status"]);
        Assert.Contains("17th", run["error"]["detail"].AsString(), StringComparison.Ordinal);
        Assert.Equal(17, (await server.RunsAsync("workflow=endless&status=faulted", 17)).AsArray().Count);
    }

    private static async Task DeployAsync(RunningServer server, params string[] workflows)
    {
        foreach (var workflow in workflows)
            Assert.Equal(201, (await server.PostAsync("/api/v2/workflows", workflow, "application/yaml")).Status);
    }

    private static Task<RunningServer> StartAsync(FakeService service, TemporaryFolder? folder = null) => RunningServer.StartAsync(o => o with
    {
        Map = new Dictionary<string, Uri> { ["https://service.example"] = service.Address },
        DataFolder = folder?.Path ?? o.DataFolder,
    });
}
