using Microsoft.AspNetCore.Http;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

public sealed class InvocationTests
{
    [Fact]
    public async Task Run_OfAShellCommand_IsRefusedUnlessTheOperatorAllowsIt()
    {
        const string Shell = """
            document: { dsl: '1.0.3', namespace: test, name: shell, version: '1.0.0' }
            do: [ { a: { run: { shell: { command: 'echo "hello $1"', arguments: ['${ .who }'] } } } } ]
            """;
        foreach (var allow in new[] { true, false })
        {
            await using var server = await RunningServer.StartAsync(
                o => o with { Invocations = new InvocationOptions { Processes = new ProcessOptions { AllowShell = allow } } });
            await server.PostAsync("/api/v2/workflows", Shell, "application/yaml");
            var run = await server.EndOfRunAsync(await server.StartRunAsync("test/shell", """{"who":"Ann"}"""));
            if (allow)
                Assert.Equal("hello Ann\n", run["output"].AsString());
            else
                Assert.Equal(403, run["error"]["status"].AsDouble());
        }
    }

    [Fact]
    public async Task Run_InterruptedDuringAnInvocation_RepeatsItUnderItsKeyAfterRestart()
    {
        using var folder = new TemporaryFolder();
        var isBack = false;
        await using var agent = await FakeService.StartAsync(async (_, context) =>
        {
            if (!isBack)
                await FakeService.NeverAsync(context);
            await context.Response.WriteAsync("""{"result":{"done":true}}""");
        });
        string id;
        await using (var server = await StartAsync(agent, folder))
        {
            await server.PostAsync("/api/v2/workflows", """
                document: { dsl: '1.0.3', namespace: test, name: agent, version: '1.0.0' }
                do: [ { a: { call: a2a, with: { method: message/send, server: 'https://agent.example/', parameters: { message: { parts: [] } } } } } ]
                """, "application/yaml");
            id = await server.StartRunAsync("test/agent", "");
            await agent.NextAsync(1);
        }

        isBack = true;
        await using var again = await StartAsync(agent, folder);
        var run = await again.EndOfRunAsync(id);

        Assert.Equal("""{"done":true}""", run["output"].ToString());
        Assert.Equal(agent.Requests[0].Header("Idempotency-Key"), agent.Requests[1].Header("Idempotency-Key"));
        Assert.Equal(agent.Requests[0].Body, agent.Requests[1].Body);
    }

    [Fact]
    public async Task Run_SubscribedToMessages_KeepsWhatItConsumedOverARestart()
    {
        using var folder = new TemporaryFolder();
        var sent = 0;
        await using var service = await FakeService.StartAsync(async (request, context) =>
        {
            if (request.Path == "/doc")
            {
                await context.Response.WriteAsync(
                    "asyncapi: 2.6.0\nservers: { s: { url: 'https://agent.example', protocol: https } }\nchannels: { n: { subscribe: {} } }");
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"data: {++sent}\n\n");
            await context.Response.Body.FlushAsync();
            await FakeService.NeverAsync(context);
        });
        string id;
        await using (var server = await StartAsync(service, folder))
        {
            await server.PostAsync("/api/v2/workflows", """
                document: { dsl: '1.0.3', namespace: test, name: messages, version: '1.0.0' }
                do:
                  - a:
                      call: asyncapi
                      with:
                        document: { endpoint: 'https://agent.example/doc' }
                        channel: n
                        subscription:
                          consume: { amount: 2 }
                          foreach: { do: [ { told: { emit: { event: { with: { type: test.told, source: /test, data: '${ $item.payload }' } } } } } ], output: { as: .data } }
                """, "application/yaml");
            id = await server.StartRunAsync("test/messages", "");
            await RunAnswers.UntilAsync(
                "the first message", async () => (await server.GetAsync("/api/v2/events?type=test.told")).Json["items"], told => told.AsArray().Count == 1);
        }

        await using var again = await StartAsync(service, folder);
        var run = await again.EndOfRunAsync(id);

        Assert.Equal("completed", run["status"]);
        Assert.Equal("[1,2]", run["output"].ToString());
    }

    private static Task<RunningServer> StartAsync(FakeService service, TemporaryFolder folder) => RunningServer.StartAsync(o => o with
    {
        DataFolder = folder.Path,
        Map = new Dictionary<string, Uri> { ["https://agent.example"] = service.Address },
    });
}
