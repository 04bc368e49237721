using Microsoft.AspNetCore.Http;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.Mcp;
using Voltwright.Automation.Invocations.Processes;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.Mcp;

public sealed class McpCallTests
{
    // A server as small as the protocol allows: it answers with what it was asked.
    private const string Program = """
        import json, os, sys
        for line in sys.stdin:
            message = json.loads(line)
            if "id" not in message: continue
            if message["method"] == "initialize":
                result = {"protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {}},
                          "serverInfo": {"name": "s", "version": "1"}}
            else:
                result = {"asked": message["method"], "params": message.get("params"), "env": sorted(k for k in os.environ if k.startswith("V")),
                          "args": sys.argv[1:]}
            print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
        """;

    [Theory]
    [InlineData("tools/list")]
    [InlineData("tools/call")]
    [InlineData("prompts/list")]
    [InlineData("prompts/get")]
    [InlineData("resources/list")]
    [InlineData("resources/read")]
    [InlineData("resources/templates/list")]
    public async Task Call_OverHttp_InitializesAndGivesTheResultAsItCame(string method)
    {
        await using var server = await FakeService.StartAsync(Answer);
        var result = await CallAsync(server, method, """{"name": "add", "arguments": {"a": 1}}""");
        Assert.Equal((method, "add"), (result["asked"].AsString(), result["params"]["name"].AsString()));
        var methods = server.Requests.Where(r => r.Method == "POST").Select(r => JsonValue.Parse(r.Body)["method"].AsString());
        Assert.Equal(["initialize", "notifications/initialized", method], methods);
    }

    [Fact]
    public async Task Call_OverHttp_SaysWhoCallsAndWithWhatVersion()
    {
        await using var server = await FakeService.StartAsync(Answer);
        await CallAsync(server, "tools/list", "null", """{"name": "kiosk", "version": "2.1"}""");
        var first = JsonValue.Parse(server.Requests[0].Body)["params"];
        Assert.Equal("""{"name":"kiosk","version":"2.1"}""", first["clientInfo"].ToString());
        Assert.Equal("2025-06-18", first["protocolVersion"].AsString());
        Assert.Equal(("Bearer t", "key-1", "x"), (
            server.Requests[0].Header("Authorization"), server.Requests[0].Header("Idempotency-Key"), server.Requests[0].Header("X-Extra")));
    }

    [Fact]
    public async Task Call_ErrorOfTheServer_IsARuntimeError()
    {
        await using var server = await FakeService.StartAsync(request => Reply(
            request, (id, _) => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":-32602,"message":"Unknown tool: add"}}"""));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(server, "tools/call", "{}"));
        Assert.Equal(InvocationFailure.Runtime, error.Failure);
        Assert.Contains("Unknown tool: add", error.Message, StringComparison.Ordinal);
        Assert.Contains("-32602", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_HttpError_HasItsStatus()
    {
        await using var server = await FakeService.StartAsync(_ => Results.StatusCode(401));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(server, "tools/list", "{}"));
        Assert.Equal((InvocationFailure.Runtime, 401), (error.Failure, error.Status));
    }

    [Fact]
    public async Task Call_NoAnswerInTime_IsATimeout()
    {
        await using var server = await FakeService.StartAsync((_, context) => FakeService.NeverAsync(context));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync(server, "tools/list", "{}", timeout: "PT0.3S"));
        Assert.Equal(InvocationFailure.Timeout, error.Failure);
        Assert.Contains("0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AddressThatIsNotAllowed_IsRefused()
    {
        await using var server = await FakeService.StartAsync(Answer);
        var call = new McpCall(new Outbound(new HttpRoutes()), new ProcessOptions(), TimeProvider.System);
        var with = JsonObject.Of(
            ("method", "tools/list"), ("transport", JsonObject.Of(("http", JsonObject.Of(("endpoint", server.Address.AbsoluteUri))))));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => call.CallAsync(with, "k", null, TestContext.Current.CancellationToken));
        Assert.IsType<RefusedAddressException>(error.GetBaseException());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Call_OverStdio_StartsTheProgramWithACleanEnvironment()
    {
        Environment.SetEnvironmentVariable("VOLTWRIGHT_ADMIN_KEY_PROBE", "secret");
        var result = await StdioAsync(new ProcessOptions { AllowShell = true });
        Assert.Equal("tools/call", result["asked"].AsString());
        Assert.Equal("""["V_TOKEN"]""", result["env"].ToString());
        Assert.Equal("""["a b"]""", result["args"].ToString());
    }

    [Fact]
    public async Task Call_OverStdioWithoutPermission_IsRefusedAndNamesTheRemedy()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => StdioAsync(new ProcessOptions()));
        Assert.Equal(InvocationFailure.Authorization, error.Failure);
        Assert.Contains("--allow-shell", error.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonValue> StdioAsync(ProcessOptions options)
    {
        var stdio = JsonObject.Of(
            ("command", "python3"), ("arguments", JsonArray.Of("-c", Program, "a b")), ("environment", JsonObject.Of(("V_TOKEN", "t"))));
        var with = JsonObject.Of(("method", "tools/call"), ("parameters", JsonObject.Of(("name", "x"))), ("transport", JsonObject.Of(("stdio", stdio))));
        return await new McpCall(new Outbound(new HttpRoutes()), options, TimeProvider.System)
            .CallAsync(with, "key-1", null, TestContext.Current.CancellationToken);
    }

    private static Task<JsonValue> CallAsync(FakeService server, string method, string parameters, string client = "null", string? timeout = null)
    {
        var routes = new HttpRoutes(new Dictionary<string, Uri> { ["https://mcp.example"] = server.Address });
        var http = JsonObject.Of(("endpoint", JsonObject.Of(("uri", "https://mcp.example/mcp"))), ("headers", JsonObject.Of(("X-Extra", "x"))));
        var with = JsonObject.Of(
            ("method", method), ("parameters", JsonValue.Parse(parameters)), ("client", JsonValue.Parse(client)), ("timeout", timeout),
            ("transport", JsonObject.Of(("http", http))));
        return new McpCall(new Outbound(routes), new ProcessOptions(), TimeProvider.System)
            .CallAsync(with, "key-1", "Bearer t", TestContext.Current.CancellationToken);
    }

    private static IResult Answer(FakeRequest request) => Reply(
        request, (id, message) => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"asked":{{{message["method"]}}},"params":{{{message["params"]}}}}}""");

    private static IResult Reply(FakeRequest request, Func<JsonValue, JsonValue, string> answer)
    {
        if (request.Method != "POST")
            return Results.StatusCode(405);
        var message = JsonValue.Parse(request.Body);
        if (message["id"].IsNull)
            return Results.StatusCode(202);
        return Results.Text(
            message["method"] == "initialize"
                ? $$$$"""{"jsonrpc":"2.0","id":{{{{message["id"]}}}},"result":{"protocolVersion":{{{{message["params"]["protocolVersion"]}}}},"capabilities":{},"serverInfo":{"name":"s","version":"1"}}}"""
                : answer(message["id"], message),
            "application/json");
    }
}
