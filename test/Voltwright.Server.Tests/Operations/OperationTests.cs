using Microsoft.AspNetCore.Http;
using Voltwright.Testing;

namespace Voltwright.Server.Tests.Operations;

public sealed class OperationTests
{
    private const string Traced = """
        document: { dsl: '1.0.3', namespace: default, name: traced, version: '1.0.0' }
        do:
          - one: { set: { a: 1 } }
        """;

    [Theory]
    [InlineData("/health/live", "Healthy")]
    [InlineData("/health/ready", "Healthy")]
    [InlineData("/metrics", "http_server")]
    [InlineData("/docs", "Voltwright API")]
    [InlineData("/openapi/v2.json", "\"/api/v2/keys\"")]
    public async Task Operations_WithoutKey_Answer(string path, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        await server.GetAsync("/api/v2/keys");
        using var anonymous = server.NewClient(null);

        var answer = await server.SendAsync(HttpMethod.Get, path, null, anonymous);

        Assert.Equal(200, answer.Status);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_WithACollector_AreSentWithTheRunAndItsCalls()
    {
        await using var collector = await FakeService.StartAsync(_ => Results.Ok());
        var settings = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        };
        await using var server = await RunningServer.StartAsync(o => o with { Telemetry = settings });
        await server.PostAsync("/api/v2/workflows", Traced, "application/yaml");
        Assert.Equal(201, (await server.PostAsync("/api/v2/workflows/default/traced/runs", "{}")).Status);

        var number = 0;
        FakeRequest sent;
        do
            sent = await collector.NextAsync(++number);
        while (!sent.Body.Contains("run traced", StringComparison.Ordinal));

        Assert.StartsWith("/v1/traces", sent.Path, StringComparison.Ordinal);
        Assert.Contains("voltwright", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_Two_RunSideBySide()
    {
        await using var one = await RunningServer.StartAsync();
        await using var other = await RunningServer.StartAsync();

        Assert.Equal(200, (await one.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await other.GetAsync("/health/ready")).Status);
    }
}
