using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Agents;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.Agents;

public sealed class AgentCallTests
{
    [Theory]
    [InlineData("message/send")]
    [InlineData("tasks/get")]
    [InlineData("tasks/list")]
    [InlineData("tasks/cancel")]
    [InlineData("tasks/pushNotificationConfig/set")]
    [InlineData("tasks/pushNotificationConfig/get")]
    [InlineData("tasks/pushNotificationConfig/list")]
    [InlineData("tasks/pushNotificationConfig/delete")]
    [InlineData("agent/getAuthenticatedExtendedCard")]
    public async Task Call_Method_GivesTheResult(string method)
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("""{"jsonrpc":"2.0","id":1,"result":{"done":true}}""", "application/json"));
        var result = await CallAsync(agent, method, """{"id": "t1"}""");
        Assert.Equal("""{"done":true}""", result.ToString());
        var sent = JsonValue.Parse(agent.Requests[0].Body);
        Assert.Equal(("2.0", method, "t1"), (sent["jsonrpc"].AsString(), sent["method"].AsString(), sent["params"]["id"].AsString()));
        Assert.Equal(("Bearer t", "key-1"), (agent.Requests[0].Header("Authorization"), agent.Requests[0].Header("Idempotency-Key")));
    }

    [Fact]
    public async Task Call_MessageWithoutIdAndRole_GetsTheSameOnesEveryTime()
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("""{"result":1}"""));
        for (var i = 0; i < 2; i++)
            await CallAsync(agent, "message/send", """{"message": {"parts": [{"kind": "text", "text": "Hi"}]}}""");
        var messages = agent.Requests.Select(r => JsonValue.Parse(r.Body)["params"]["message"]).ToList();
        Assert.Equal("user", messages[0]["role"].AsString());
        Assert.True(Guid.TryParse(messages[0]["messageId"].AsString(), out _));
        Assert.Equal(messages[0], messages[1]);
    }

    [Fact]
    public async Task Call_MessageWithIdAndRole_KeepsThem()
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("""{"result":1}"""));
        await CallAsync(agent, "message/send", """{"message": {"messageId": "m", "role": "agent"}}""");
        var message = JsonValue.Parse(agent.Requests[0].Body)["params"]["message"];
        Assert.Equal(("m", "agent"), (message["messageId"].AsString(), message["role"].AsString()));
    }

    [Theory]
    [InlineData("message/stream")]
    [InlineData("tasks/resubscribe")]
    public async Task Call_Stream_GivesAllResultsInOrder(string method)
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text(
            ": hello\r\ndata: {\"result\":{\"n\":1}}\r\n\r\nevent: x\r\nid: 2\r\ndata: {\"result\":\r\ndata: {\"n\":2}}\r\n\r\n", "text/event-stream"));
        var result = await CallAsync(agent, method, "{}");
        Assert.Equal("""[{"n":1},{"n":2}]""", result.ToString());
        Assert.StartsWith("text/event-stream", agent.Requests[0].Header("Accept"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_StreamThatFails_IsARuntimeError()
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text(
            "data: {\"result\":1}\n\ndata: {\"error\":{\"code\":-32001,\"message\":\"Task not found\"}}\n\n", "text/event-stream"));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(agent, "message/stream", "{}"));
        Assert.Equal((InvocationFailure.Runtime, "The agent's error -32001: Task not found"), (error.Failure, error.Message));
    }

    [Theory]
    [InlineData(200, """{"error":{"code":-32601,"message":"no such method"}}""", null, "no such method")]
    [InlineData(500, "oops", 500, "status 500")]
    [InlineData(401, """{"title":"who?"}""", 401, "status 401")]
    [InlineData(200, "<html>", null, "no JSON")]
    public async Task Call_Failure_IsARuntimeErrorThatSaysWhy(int status, string body, int? expected, string reason)
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text(body, "application/json", null, status));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(agent, "tasks/get", "{}"));
        Assert.Equal((InvocationFailure.Runtime, expected), (error.Failure, error.Status));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url": "https://agent.example/rpc"}""")]
    [InlineData("""{"url": "/rpc"}""")]
    [InlineData("""{"url": "x:", "preferredTransport": "GRPC", "additionalInterfaces": [{"url": "https://agent.example/rpc", "transport": "JSONRPC"}]}""")]
    [InlineData("""{"supportedInterfaces": [{"url": "g", "protocolBinding": "GRPC"}, {"url": "https://agent.example/rpc", "protocolBinding": "JSONRPC"}]}""")]
    public async Task Call_AgentCard_LeadsToTheAgent(string card)
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("""{"result":1}"""));
        await CallAsync(agent, "tasks/list", "null", card);
        Assert.Equal("/rpc", Assert.Single(agent.Requests).Path);
    }

    [Theory]
    [InlineData("nonsense", "no JSON")]
    [InlineData("{}", "names no address")]
    public async Task Call_AgentCardThatLeadsNowhere_IsAConfigurationError(string card, string reason)
    {
        await using var agent = await FakeService.StartAsync(_ => Results.Text("{}"));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(agent, "tasks/list", "null", card));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyThere_IsServiceUnavailable()
    {
        var agent = await FakeService.StartAsync(_ => Results.Text("{}"));
        await agent.DisposeAsync();
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(agent, "tasks/list", "null", to: new Uri("http://127.0.0.1:1")));
        Assert.Equal((InvocationFailure.Communication, 503), (error.Failure, error.Status));
    }

    private static async Task<JsonValue> CallAsync(FakeService agent, string method, string parameters, string? card = null, Uri? to = null)
    {
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://agent.example"] = to ?? agent.Address });
        using var caller = new HttpCaller(new HttpCallerOptions { Routes = routes }, TimeProvider.System);
        const string CardAddress = "https://agent.example/.well-known/agent-card.json";
        var call = new AgentCall(caller, new FixedResources((CardAddress, card ?? "")));
        var with = JsonObject.Of(("method", method), ("parameters", JsonValue.Parse(parameters)));
        with = card is null ? with.With("server", "https://agent.example/rpc") : with.With("agentCard", JsonObject.Of(("endpoint", CardAddress)));
        return await call.CallAsync(with, "key-1", new HttpAuthorization("Bearer", null, "t"), TestContext.Current.CancellationToken);
    }
}
