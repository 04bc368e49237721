using System.Net.Http.Headers;

namespace Voltwright.Server.Tests.Auth;

public sealed class KeyAuthenticationTests
{
    [Fact]
    public async Task Request_WithoutKey_IsUnauthorizedProblem()
    {
        await using var server = await RunningServer.StartAsync();
        using var anonymous = server.NewClient(null);

        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/keys", null, anonymous);

        Assert.Equal(401, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("urn:voltwright:problem:unauthorized", answer.Json["type"]);
    }

    [Theory]
    [InlineData("administrator", 200, 200, 202)]
    [InlineData("operator", 403, 200, 202)]
    [InlineData("support", 403, 200, 403)]
    [InlineData("read-only", 403, 200, 403)]
    [InlineData("driver", 403, 403, 403)]
    public async Task Role_MayDo_WhatItsPoliciesSay(string role, int administer, int read, int report)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.NewClient(await server.NewKeyAsync(role));

        Assert.Equal(administer, (await server.SendAsync(HttpMethod.Get, "/api/v2/keys", null, client)).Status);
        Assert.Equal(read, (await server.SendAsync(HttpMethod.Get, "/api/v2/events", null, client)).Status);
        var content = new StringContent("""{"specversion":"1.0","id":"1","source":"/test","type":"test"}""");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        Assert.Equal(report, (await server.SendAsync(HttpMethod.Post, "/events", content, client)).Status);
    }

    [Fact]
    public async Task WrongKeys_TooMany_MustWait_WhileOthersGoOn()
    {
        await using var server = await RunningServer.StartAsync();
        using var wrong = server.NewClient("wrong");
        for (var i = 0; i < Voltwright.Server.Auth.FailureLimit.Allowed; i++)
            Assert.Equal(401, (await server.SendAsync(HttpMethod.Get, "/api/v2/keys", null, wrong)).Status);

        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/keys", null, wrong);

        Assert.Equal(429, answer.Status);
        Assert.Equal(200, (await server.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task FirstStart_WithoutConfiguredKey_PrintsOneThatWorks_AndOnlyOnce()
    {
        var notices = new StringWriter();
        await using var server = await RunningServer.StartAsync(o => o with { AdministratorKey = null, Notices = notices });
        var key = notices.ToString().Trim().Split(' ')[^1];
        using var client = server.NewClient(key);

        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/keys", null, client);

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(key, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Removed_IsNotAcceptedAnyMore()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.NewClient(await server.NewKeyAsync("operator"));
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Get, "/api/v2/events", null, client)).Status);
        var id = (await server.GetAsync("/api/v2/keys")).Json["items"][0]["id"].AsString();

        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, $"/api/v2/keys/{id}", null)).Status);

        Assert.Equal(401, (await server.SendAsync(HttpMethod.Get, "/api/v2/events", null, client)).Status);
    }
}
