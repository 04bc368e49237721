using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

public sealed class DurableRunTests
{
    private const string TwoCalls = """
        document: { dsl: '1.0.3', namespace: test, name: two-calls, version: '1.0.0' }
        do:
          - first:
              call: http
              with: { method: post, endpoint: 'https://service.example/first', body: { n: '${ $workflow.input.n }' } }
              export: { as: '{ first: . }' }
          - second:
              call: http
              with: { method: post, endpoint: 'https://service.example/second', body: { from: '${ $context.first.value }' } }
          - told:
              emit: { event: { with: { type: test.told, source: /test, data: '${ . }' } } }
        output: { as: .data }
        """;

    [Fact]
    public async Task Run_OfTwoCalls_CompletesWithJournalAndEvent()
    {
        await using var service = await FakeService.StartAsync(r => Results.Json(new { value = r.Path }));
        await using var server = await StartAsync(service);
        Assert.Equal(201, (await server.PostAsync("/api/v2/workflows", TwoCalls, "application/yaml")).Status);

        var id = await server.StartRunAsync("test/two-calls", """{"n":5}""");
        var run = await server.EndOfRunAsync(id);

        Assert.Equal("completed", run["status"]);
        Assert.Equal("/second", run["output"]["value"]);
        Assert.Equal("""{"n":5}""", service.Requests[0].Body);
        Assert.Equal("""{"from":"/first"}""", service.Requests[1].Body);
        Assert.Contains(
            run["journal"].AsArray().SelectMany(j => j["trace"].AsArray()), t => t["task"] == "/do/1/second" && t["event"] == "completed");
        Assert.Single((await server.GetAsync("/api/v2/events?type=test.told")).Json["items"].AsArray());
    }

    [Fact]
    public async Task Run_InterruptedDuringACall_GoesOnAfterRestart_AndRepeatsTheCallUnderItsKey()
    {
        using var folder = new TemporaryFolder();
        var isBack = false;
        await using var service = await FakeService.StartAsync(async (request, context) =>
        {
            if (request.Path == "/second" && !isBack)
                await FakeService.NeverAsync(context);
            await context.Response.WriteAsJsonAsync(new { value = request.Path });
        });
        string id;
        await using (var server = await StartAsync(service, folder))
        {
            await server.PostAsync("/api/v2/workflows", TwoCalls, "application/yaml");
            id = await server.StartRunAsync("test/two-calls", """{"n":5}""");
            await service.NextAsync(2);
        }

        isBack = true;
        await using var again = await StartAsync(service, folder);
        var run = await again.EndOfRunAsync(id);

        Assert.Equal("completed", run["status"]);
        Assert.Equal(["/first", "/second", "/second"], service.Requests.Select(r => r.Path));
        Assert.Equal(service.Requests[1].Header("Idempotency-Key"), service.Requests[2].Header("Idempotency-Key"));
        Assert.NotEqual(service.Requests[0].Header("Idempotency-Key"), service.Requests[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Run_ThatWaits_SurvivesARestart()
    {
        using var folder = new TemporaryFolder();
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { value = 1 }));
        string id;
        await using (var server = await StartAsync(service, folder))
        {
            await server.PostAsync("/api/v2/workflows", """
                document: { dsl: '1.0.3', namespace: test, name: waits, version: '1.0.0' }
                do:
                  - pause: { wait: { milliseconds: 1500 } }
                  - call: { call: http, with: { method: get, endpoint: 'https://service.example/after' } }
                """, "application/yaml");
            id = await server.StartRunAsync("test/waits", "");
        }

        await using var again = await StartAsync(service, folder);

        Assert.Equal("completed", (await again.EndOfRunAsync(id))["status"]);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Run_StartedTwiceUnderOneKey_IsOneRun()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { value = 1 }));
        await using var server = await StartAsync(service);
        await server.PostAsync("/api/v2/workflows", TwoCalls, "application/yaml");
        server.Http.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var first = await server.PostAsync("/api/v2/workflows/test/two-calls/runs", "{}");
        var second = await server.PostAsync("/api/v2/workflows/test/two-calls/runs", "{}");
        await server.EndOfRunAsync(first.Json["id"].AsString());

        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal(first.Json["id"], second.Json["id"]);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Run_SuspendedAndResumed_GoesOn_AndCancelled_Stops()
    {
        var go = new TaskCompletionSource();
        await using var service = await FakeService.StartAsync(async (_, context) =>
        {
            await go.Task;
            await context.Response.WriteAsJsonAsync(new { value = 1 });
        });
        await using var server = await StartAsync(service);
        await server.PostAsync("/api/v2/workflows", TwoCalls, "application/yaml");
        var suspended = await server.StartRunAsync("test/two-calls", "{}");
        var cancelled = await server.StartRunAsync("test/two-calls", "{}");
        await service.NextAsync(2);

        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{suspended}/suspend", "")).Status);
        Assert.Equal(409, (await server.PostAsync($"/api/v2/runs/{suspended}/suspend", "")).Status);
        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{cancelled}/cancel", "")).Status);
        Assert.Equal(404, (await server.PostAsync("/api/v2/runs/none/cancel", "")).Status);
        go.SetResult();
        Assert.Single((await server.GetAsync("/api/v2/runs?status=suspended&workflow=test/two-calls")).Json["items"].AsArray());
        Assert.Equal(204, (await server.PostAsync($"/api/v2/runs/{suspended}/resume", "")).Status);

        Assert.Equal("completed", (await server.EndOfRunAsync(suspended))["status"]);
        Assert.Equal("cancelled", (await server.EndOfRunAsync(cancelled))["status"]);
    }

    [Fact]
    public async Task Run_ThatFaults_KeepsItsProblem()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Problem(title: "No", detail: "Not today", statusCode: 418));
        await using var server = await StartAsync(service);
        await server.PostAsync("/api/v2/workflows", TwoCalls, "application/yaml");

        var run = await server.EndOfRunAsync(await server.StartRunAsync("test/two-calls", "{}"));

        Assert.Equal("faulted", run["status"]);
        Assert.Equal(418, run["error"]["status"]);
        Assert.Equal("Not today", run["error"]["detail"]);
        Assert.Equal("/do/0/first", run["error"]["instance"]);
    }

    private static Task<RunningServer> StartAsync(FakeService service, TemporaryFolder? folder = null) =>
        RunningServer.StartAsync(o => o with
    {
        Map = new Dictionary<string, Uri> { ["https://service.example"] = service.Address },
        DataFolder = folder?.Path ?? o.DataFolder,
    });
}
