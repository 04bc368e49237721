using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voltwright.Automation;
using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.AsyncApi;
using Voltwright.Jq;
using Voltwright.Testing;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.AsyncApi;

public sealed class AsyncApiCallTests
{
    [Fact]
    public async Task Http_Publish_PostsPayloadAndHeaders()
    {
        await using var service = await FakeService.StartAsync(_ => Results.StatusCode(202));
        var output = await CallAsync("http", service.Address, """{"message": {"payload": {"n": 1}, "headers": {"X-Foo": "bar"}}}""");
        Assert.Equal("""{"payload":{"n":1},"headers":{"X-Foo":"bar"}}""", output.ToString());
        var request = Assert.Single(service.Requests);
        Assert.Equal(("POST", "/greetings", """{"n":1}""", "bar", "key-1"), (
            request.Method, request.Path, request.Body, request.Header("X-Foo"), request.Header("Idempotency-Key")));
        Assert.Equal("Basic dTpw", request.Header("Authorization"));
    }

    [Fact]
    public async Task Http_Refusal_IsACommunicationErrorWithItsStatus()
    {
        await using var service = await FakeService.StartAsync(_ => Results.StatusCode(409));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("http", service.Address, """{"message": {"payload": 1}}"""));
        Assert.Equal((InvocationFailure.Communication, 409), (error.Failure, error.Status));
    }

    [Theory]
    [InlineData("text/event-stream", ": hi\n\ndata: {\"n\":1}\n\nevent: x\ndata: {\"n\":\ndata: 2}\n\n")]
    [InlineData("application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n")]
    public async Task Http_Subscription_ReceivesMessageAfterMessage(string type, string body)
    {
        await using var service = await FakeService.StartAsync(_ => Results.Text(body, type));
        var received = new List<JsonValue>();
        await CallAsync("http", service.Address, "{}", received.Add);
        Assert.Equal("""[{"n":1},{"n":2}]""", ((JsonValue)JsonArray.From(received.Select(m => m["payload"]))).ToString());
    }

    [Fact]
    public async Task WebSocket_Publish_SendsThePayload()
    {
        await using var server = await SocketServer.StartAsync(async (socket, seen) =>
        {
            seen.Enqueue(await SocketServer.ReceiveAsync(socket));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        await CallAsync("ws", server.Address, """{"message": {"payload": {"n": 1}, "headers": {"X-Foo": "bar"}}}""");
        Assert.Equal(["bar", """{"n":1}"""], server.Seen);
    }

    [Fact]
    public async Task WebSocket_Subscription_EndsWhenTheOtherSideCloses()
    {
        await using var server = await SocketServer.StartAsync(async (socket, _) =>
        {
            await socket.SendAsync("{\"n\":1}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.SendAsync("no "u8.ToArray(), WebSocketMessageType.Text, false, CancellationToken.None);
            await socket.SendAsync("json"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        var received = new List<JsonValue>();
        await CallAsync("ws", server.Address, "{}", received.Add);
        Assert.Equal("""[{"n":1},"no json"]""", ((JsonValue)JsonArray.From(received.Select(m => m["payload"]))).ToString());
    }

    [Fact]
    public async Task WebSocket_NoSocketThere_IsACommunicationError()
    {
        await using var service = await FakeService.StartAsync(_ => Results.StatusCode(403));
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("ws", service.Address, "{}"));
        Assert.Equal((InvocationFailure.Communication, 403), (error.Failure, error.Status));
    }

    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqtt5")]
    public async Task Mqtt_PublishedMessage_IsReceivedBySubscription(string protocol)
    {
        await using var broker = await SmallBroker.StartAsync("u", "p");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var received = Channel.CreateUnbounded<JsonValue>();
        var subscription = CallAsync(protocol, broker.Address, "{}", m => received.Writer.TryWrite(m), end.Token);
        await broker.Subscribed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await CallAsync(protocol, broker.Address, """{"message": {"payload": {"n": 1}, "headers": {"foo": "bar"}}}""");
        var message = await received.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("""{"n":1}""", message["payload"].ToString());
        if (protocol == "mqtt5")
            Assert.Equal(("bar", "key-1"), (message["headers"]["foo"].AsString(), message["headers"]["idempotency-key"].AsString()));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscription);
    }

    [Fact]
    public async Task Mqtt_BrokerThatEnds_FailsTheSubscription()
    {
        var broker = await SmallBroker.StartAsync("u", "p");
        var subscription = CallAsync("mqtt", broker.Address, "{}");
        await broker.Subscribed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await broker.DisposeAsync();
        var error = await Assert.ThrowsAsync<InvocationException>(() => subscription);
        Assert.Equal((InvocationFailure.Communication, 503), (error.Failure, error.Status));
    }

    [Fact]
    public async Task Mqtt_WrongPassword_IsRefused()
    {
        await using var broker = await SmallBroker.StartAsync("u", "other");
        var invoker = Invoker("mqtt", broker.Address, out var invoke, """{"message": {"payload": 1}}""");
        var failed = Assert.IsType<InvokeFailed>(await invoker.InvokeAsync(invoke, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(InvocationFailure.Communication, failed.Kind);
    }

    [Theory]
    [InlineData("amqp")]
    [InlineData("mqtt")]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Publish_NobodyThere_IsServiceUnavailable(string protocol)
    {
        var invoker = Invoker(protocol, new Uri("http://127.0.0.1:1"), out var invoke, """{"message": {"payload": 1}}""");
        var failed = Assert.IsType<InvokeFailed>(await invoker.InvokeAsync(invoke, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal((InvocationFailure.Communication, 503), (failed.Kind, failed.Status));
    }

    [Theory]
    [InlineData("amqp")]
    [InlineData("kafka")]
    [InlineData("mqtt")]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Publish_ToAnAddressThatIsNotAllowed_IsRefused(string protocol)
    {
        var invoker = Invoker(protocol, new Uri("http://127.0.0.1:1"), out var invoke, """{"message": {"payload": 1}}""", allow: false);
        var failed = Assert.IsType<InvokeFailed>(await invoker.InvokeAsync(invoke, _ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(InvocationFailure.Authorization, failed.Kind);
        Assert.Contains("127.0.0.1:1", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ByAProtocolNobodySpeaks_IsAConfigurationErrorThatNamesThoseThatAre()
    {
        var error = await Assert.ThrowsAsync<InvocationException>(() => CallAsync("nats", new Uri("http://x.example"), """{"message": {}}"""));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains("http, https, ws", error.Message, StringComparison.Ordinal);
    }

    private static Task<JsonValue> CallAsync(
        string protocol, Uri server, string with, Action<JsonValue>? received = null, CancellationToken? cancellation = null)
    {
        var caller = new HttpCaller(new HttpCallerOptions { Routes = new HttpRoutes(allow: [server.Authority]) }, TimeProvider.System);
        var call = new AsyncApiCall(new Outbound(caller.Routes), caller, new FixedResources(("https://x.example/doc", Document(protocol, server))));
        return call.CallAsync(With(with), "key-1", received ?? (_ => { }), cancellation ?? TestContext.Current.CancellationToken);
    }

    private static Invoker Invoker(string protocol, Uri server, out Invoke invoke, string with, bool allow = true)
    {
        var kept = Directory.CreateTempSubdirectory("voltwright-test-").FullName;
        File.WriteAllText(Path.Combine(kept, "doc"), Document(protocol, server));
        invoke = new Invoke("i1", "key-1", "asyncapi", With(with).AsObject().With("document", JsonObject.Of(("endpoint", "doc"))));
        var caller = new HttpCaller(new HttpCallerOptions { Routes = new HttpRoutes(allow: allow ? [server.Authority] : []) }, TimeProvider.System);
        return new Invoker(new InvocationOptions { ResourceFolder = kept }, caller, TimeProvider.System);
    }

    private static JsonValue With(string with) => JsonValue.Parse(with).AsObject()
        .With("document", JsonObject.Of(("endpoint", "https://x.example/doc"))).With("operation", "greet")
        .With("authentication", JsonObject.Of(("scheme", "Basic"), ("user", "u"), ("credential", "p")));

    private static string Document(string protocol, Uri server) => $$$"""
        {"asyncapi": "3.0.0", "servers": {"s": {"host": "{{{server.Authority}}}", "protocol": "{{{protocol}}}"} },
         "channels": {"c": {"address": "greetings"}}, "operations": {"greet": {"action": "send", "channel": {"$ref": "#/channels/c"} } } }
        """;

    /// <summary>A server of sockets that does what the test says with each of them.</summary>
    private sealed class SocketServer(WebApplication app, ConcurrentQueue<string> seen) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.First());

        public IEnumerable<string> Seen => seen;

        public static async Task<SocketServer> StartAsync(Func<WebSocket, ConcurrentQueue<string>, Task> talk)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var seen = new ConcurrentQueue<string>();
            app.UseWebSockets();
            app.Run(async context =>
            {
                if (context.Request.Headers["X-Foo"].FirstOrDefault() is { } header)
                    seen.Enqueue(header);
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await talk(socket, seen);
            });
            await app.StartAsync();
            return new SocketServer(app, seen);
        }

        public static async Task<string> ReceiveAsync(WebSocket socket)
        {
            var buffer = new byte[4096];
            var part = await socket.ReceiveAsync(buffer, CancellationToken.None);
            return Encoding.UTF8.GetString(buffer, 0, part.Count);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
