namespace Voltwright.Server.Tests.Operations;

public sealed class OperationTests
{
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
    public async Task Servers_Two_RunSideBySide()
    {
        await using var one = await RunningServer.StartAsync();
        await using var other = await RunningServer.StartAsync();

        Assert.Equal(200, (await one.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await other.GetAsync("/health/ready")).Status);
    }
}
