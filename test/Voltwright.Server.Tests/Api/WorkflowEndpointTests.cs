using Voltwright.Server.Tests.Automation;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Api;

public sealed class WorkflowEndpointTests
{
    private const string Flow = """
        document: { dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0' }
        do: [ { a: { set: { b: 1 } } } ]
        """;

    [Fact]
    public async Task Workflow_Deployed_IsListedShownAndRemoved()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal(201, (await server.PostAsync("/api/v2/workflows", Flow, "application/yaml")).Status);
        Assert.Equal(200, (await server.PostAsync("/api/v2/workflows", Flow, "application/yaml")).Status);
        Assert.Equal("flow", (await server.GetAsync("/api/v2/workflows")).Json["items"][0]["name"]);
        Assert.Equal(Flow, (await server.GetAsync("/api/v2/workflows/test/flow")).Json["source"]);
        Assert.Equal("1.0.0", (await server.GetAsync("/api/v2/workflows/test/flow/1.0.0")).Json["version"]);
        Assert.Equal(404, (await server.GetAsync("/api/v2/workflows/test/flow/2.0.0")).Status);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, "/api/v2/workflows/test/flow/1.0.0", null)).Status);
        Assert.Equal(404, (await server.GetAsync("/api/v2/workflows/test/flow")).Status);
    }

    [Fact]
    public async Task Drawing_OfAWorkflowAndOfARun_IsAPicture()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Flow, "application/yaml");
        var run = await server.StartRunAsync("test/flow", "{}");
        await server.EndOfRunAsync(run);

        var workflow = await server.GetAsync("/api/v2/workflows/test/flow/1.0.0/drawing");
        var drawn = await server.GetAsync($"/api/v2/runs/{run}/drawing");

        Assert.Equal((200, "image/svg+xml"), (workflow.Status, workflow.ContentType.Split(';')[0]));
        Assert.DoesNotContain("card set done", workflow.Text, StringComparison.Ordinal);
        Assert.Contains("card set done", drawn.Text, StringComparison.Ordinal);
        Assert.Contains("This run completed.", drawn.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await server.GetAsync("/api/v2/runs/nobody/drawing")).Status);
        Assert.Equal(404, (await server.GetAsync("/api/v2/workflows/test/flow/9.0.0/drawing")).Status);
    }

    [Fact]
    public async Task Workflow_WithErrors_IsRefusedWithItsFindings()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.PostAsync("/api/v2/workflows", "document: { dsl: '1.0.3' }\ndo: []\nnonsense: 1\n", "application/yaml");

        Assert.Equal(400, answer.Status);
        Assert.Equal("urn:voltwright:problem:workflow-invalid", answer.Json["type"]);
        Assert.Contains(answer.Json["findings"].AsArray(), f => f["line"] == 3 && f["severity"] == "error");
    }

    [Fact]
    public async Task Workflow_WithWarnings_IsDeployedAndAnsweredWithThem()
    {
        await using var server = await RunningServer.StartAsync();
        var odd = Flow.Replace("b: 1", "b: '${ $context.nothing }'", StringComparison.Ordinal);

        var answer = await server.PostAsync("/api/v2/workflows", odd, "application/yaml");

        Assert.Equal(201, answer.Status);
        Assert.Contains(answer.Json["findings"].AsArray(), f => f["rule"] == "unknown-name" && f["severity"] == "warning");
    }

    [Fact]
    public async Task Workflow_WithRuns_KeepsItsText()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Flow, "application/yaml");
        await server.PostAsync("/api/v2/workflows/test/flow/runs", "{}");

        var answer = await server.PostAsync(
            "/api/v2/workflows", Flow.Replace("b: 1", "b: 2", StringComparison.Ordinal), "application/yaml");

        Assert.Equal(409, answer.Status);
        Assert.Contains("document.version", answer.Json["detail"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_OfWorkflows_IsDeployedAtStart_AndABadFileStopsIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "flow.yaml"), Flow);
        await using (var server = await RunningServer.StartAsync(o => o with { WorkflowsFolder = folder.Path }))
            Assert.Single((await server.GetAsync("/api/v2/workflows")).Json["items"].AsArray());
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "bad.yaml"), "document: nonsense");

        var problem = await Assert.ThrowsAsync<StartupException>(
            () => RunningServer.StartAsync(o => o with { WorkflowsFolder = folder.Path }));

        Assert.Equal(StartupProblem.WorkflowInvalid, problem.Problem);
        Assert.EndsWith("bad.yaml", problem.Place, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:1:", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v2/runs?status=sleeping", 400)]
    [InlineData("/api/v2/runs/none", 404)]
    [InlineData("/api/v2/runs?limit=many", 400)]
    public async Task Runs_AskedForWrongly_AreProblems(string path, int status)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await server.GetAsync(path);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    [Fact]
    public async Task Run_OfNothing_IsNotFound_AndOfBadJson_IsInvalid()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", Flow, "application/yaml");

        Assert.Equal(404, (await server.PostAsync("/api/v2/workflows/test/none/runs", "{}")).Status);
        Assert.Equal(400, (await server.PostAsync("/api/v2/workflows/test/flow/runs", "{")).Status);
    }
}
