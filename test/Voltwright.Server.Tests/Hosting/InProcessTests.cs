using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Voltwright.Automation;
using Voltwright.Jq;
using Voltwright.Server.Tests.Automation;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Server.Tests.Hosting;

public sealed class InProcessTests
{
    [Fact]
    public async Task Call_ToTheSupplier_RunsThroughTheServersOwnPipeline()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await CallAsync(server, "GET", "/api/v2/events?limit=1");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("application/json", answer.Headers["Content-Type"].AsString(), StringComparison.Ordinal);
        Assert.True(Body(answer)["items"].IsArray);
    }

    [Theory]
    [InlineData("GET", "/api/v2/keys", 403, "forbidden")]
    [InlineData("GET", "/api/v2/nothing", 404, "not-found")]
    [InlineData("PATCH", "/api/v2/runs", 405, "method-not-allowed")]
    public async Task Call_ThatIsRefused_GetsTheSameProblemAsFromOutside(string method, string path, int status, string slug)
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await CallAsync(server, method, path);

        Assert.Equal(status, answer.Status);
        Assert.Equal($"urn:voltwright:problem:{slug}", Body(answer)["type"]);
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Call_WithABody_IsReadAndChecked()
    {
        await using var server = await RunningServer.StartAsync();
        var caller = server.App.Services.GetRequiredService<HttpCaller>();
        var body = JsonValue.Parse("""{"specversion":"1.0","id":"1","source":"/t","type":"test.inside"}""");

        var answer = Assert.IsType<HttpAnswered>(await caller.CallAsync(NewCall("POST", "/events", body), CancellationToken.None));

        Assert.Equal(202, answer.Status);
        Assert.Single((await server.GetAsync("/api/v2/events?type=test.inside")).Json["items"].AsArray());
    }

    [Fact]
    public async Task Identity_OfWorkflows_CannotBeClaimedFromOutside()
    {
        await using var server = await RunningServer.StartAsync();
        using var outside = server.NewClient(null);
        outside.DefaultRequestHeaders.Host = "ev-power-supplier.com";
        outside.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        outside.DefaultRequestHeaders.Add("X-Workflow", "workflow");

        Assert.Equal(401, (await server.SendAsync(HttpMethod.Get, "/api/v2/events", null, outside)).Status);
    }

    [Fact]
    public async Task Call_DuringStart_WaitsUntilTheServerAnswers()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/v2/workflows", """
            document: { dsl: '1.0.3', namespace: test, name: asks, version: '1.0.0' }
            do: [ { ask: { call: http, with: { method: get, endpoint: 'https://ev-power-supplier.com/api/v2/runs' } } } ]
            """, "application/yaml");

        var run = await server.EndOfRunAsync(await server.StartRunAsync("test/asks", ""));

        Assert.Equal("completed", run["status"]);
        Assert.Single(run["output"]["items"].AsArray());
    }

    private static async Task<HttpAnswered> CallAsync(RunningServer server, string method, string path) => Assert.IsType<HttpAnswered>(
        await server.App.Services.GetRequiredService<HttpCaller>().CallAsync(NewCall(method, path, default), CancellationToken.None));

    private static CallHttp NewCall(string method, string path, JsonValue body) => new(
        "1", "key", new HttpRequestSpec(
            method, ServerOptions.SupplierAuthority + path, JsonObject.Empty, body, body.IsNull ? null : "application/json", null, false));

    private static JsonValue Body(HttpAnswered answer) => JsonValue.Parse(Encoding.UTF8.GetString(answer.Body.Span));
}
