using Microsoft.AspNetCore.Http;
using Voltwright.Jq;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Automation;

public sealed class SecretTests
{
    private const string Value = "4711-very-secret";

    [Fact]
    public async Task Secret_OfACall_ReachesTheService_AndNoAnswerOfOurs()
    {
        await using var service = await FakeService.StartAsync(_ => Results.Json(new { ok = true }));
        await using var server = await RunningServer.StartAsync(o => o with
        {
            Map = new Dictionary<string, Uri> { ["https://service.example"] = service.Address },
            Secrets = new Dictionary<string, JsonValue> { ["token"] = Value },
        });
        await server.PostAsync("/api/v2/workflows", """
            document: { dsl: '1.0.3', namespace: test, name: secretive, version: '1.0.0' }
            use: { secrets: [ token ] }
            do:
              - call:
                  call: http
                  with: { method: post, endpoint: 'https://service.example/x', headers: { x-token: '${ $secrets.token }' } }
            """, "application/yaml");

        var id = await server.StartRunAsync("test/secretive", "{}");
        var run = await server.EndOfRunAsync(id);

        Assert.Equal("completed", run["status"]);
        Assert.Equal(Value, service.Requests[0].Header("x-token"));
        Assert.DoesNotContain(Value, run.ToString(), StringComparison.Ordinal);
    }
}
