using Voltwright.Automation.Invocations;
using Voltwright.Automation.Invocations.AsyncApi;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Tests.Automation.Invocations.AsyncApi;

public sealed class AsyncDocumentTests
{
    private const string Old = """
        asyncapi: 2.6.0
        servers:
          staging: { url: 'mqtts://{env}.example:8883', protocol: mqtts, variables: { env: { default: test, enum: [test, live] } } }
          web: { $ref: '#/components/servers/web' }
        channels:
          station/{id}/meter:
            parameters: { id: {} }
            publish: { bindings: { mqtt: { qos: 2 } } }
          /notifications:
            servers: [web]
            subscribe: {}
        components: { servers: { web: { url: example.com/ws, protocol: wss } } }
        """;

    private const string New = """
        {"asyncapi": "3.0.0",
         "servers": {"a": {"host": "a.example:9000", "protocol": "http"}, "b": {"host": "b.example", "pathname": "/base/{v}", "protocol": "ws",
                     "variables": {"v": {"default": "1"}}}},
         "channels": {"chat": {"address": "rooms/{room}", "servers": [{"$ref": "#/servers/b"}], "parameters": {"room": {"default": "lobby"}}},
                      "any": {"address": "any"}},
         "operations": {"talk": {"action": "send", "channel": {"$ref": "#/channels/chat"}},
                        "all": {"action": "receive", "channel": {"$ref": "#/channels/any"}, "bindings": {"http": {"method": "PUT"}}}}}
        """;

    [Theory]
    [InlineData(Old, """{"channel": "station/{id}/meter", "message": {}}""", "mqtts", "mqtts://test.example:8883/", "station/{id}/meter")]
    [InlineData(
        Old, """{"channel": "station/{id}/meter", "message": {}, "server": {"name": "staging", "variables": {"env": "live", "id": "CP1"}}}""",
        "mqtts", "mqtts://live.example:8883/", "station/CP1/meter")]
    [InlineData(Old, """{"channel": "station/{id}/meter", "message": {}, "protocol": "mqtt"}""", "mqtts", "mqtts://test.example:8883/", "station/{id}/meter")]
    [InlineData(Old, """{"channel": "/notifications"}""", "wss", "wss://example.com/ws", "/notifications")]
    [InlineData(New, """{"operation": "talk", "message": {}}""", "ws", "ws://b.example/base/1", "rooms/lobby")]
    [InlineData(New, """{"operation": "all"}""", "http", "http://a.example:9000/", "any")]
    [InlineData(New, """{"operation": "all", "protocol": "ws"}""", "ws", "ws://b.example/base/1", "any")]
    [InlineData(New, """{"operation": "talk", "server": {"name": "a", "variables": {"room": "x"}}}""", "http", "http://a.example:9000/", "rooms/x")]
    public void Find_Operation_LeadsToServerAndChannel(string document, string with, string protocol, string server, string channel)
    {
        var target = AsyncDocument.Read(document).Find(JsonValue.Parse(with), null);
        Assert.Equal((protocol, server, channel), (target.Protocol, target.Server.AbsoluteUri, target.Channel));
    }

    [Fact]
    public void Find_Bindings_AreThoseOfTheOperationInTheServersProtocol()
    {
        Assert.Equal("PUT", AsyncDocument.Read(New).Find(JsonValue.Parse("""{"operation": "all"}"""), null).Bindings["method"].AsString());
        var old = AsyncDocument.Read(Old).Find(JsonValue.Parse("""{"channel": "station/{id}/meter", "message": {}}"""), null);
        Assert.Equal(2, old.Bindings["qos"].AsDouble());
    }

    [Fact]
    public void Address_OfAPath_IsBelowTheServers()
    {
        var target = AsyncDocument.Read(New).Find(JsonValue.Parse("""{"operation": "talk"}"""), null);
        Assert.Equal("ws://b.example/base/1/rooms/lobby", target.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData(Old, """{"channel": "nowhere"}""", "no channel 'nowhere'; it has: station/{id}/meter, /notifications")]
    [InlineData(Old, """{"operation": "talk"}""", "called by its 'channel'")]
    [InlineData(New, """{"channel": "chat"}""", "called by its 'operation'")]
    [InlineData(Old, """{"channel": "/notifications", "message": {}}""", "no operation 'publish'")]
    [InlineData(New, """{"operation": "all", "server": {"name": "c"}}""", "no server 'c'; it has: a, b")]
    [InlineData(New, """{"operation": "all", "protocol": "nats"}""", "no server that speaks 'nats'")]
    [InlineData(Old, """{"channel": "station/{id}/meter", "message": {}, "server": {"name": "staging", "variables": {"env": "prod"}}}""", "one of")]
    [InlineData("asyncapi: 1.2.0", "{}", "AsyncAPI 1.2.0 is not known")]
    [InlineData("openapi: 3.0.0", "{}", "no AsyncAPI document")]
    [InlineData("{{", "{}", "neither JSON nor YAML")]
    [InlineData("""{"asyncapi": "3.0.0", "servers": {"$ref": "#/servers"}, "operations": {"o": {"channel": {"$ref": "#/x"}}}, "x": {}}""", """{"operation": "o"}""", "leads nowhere")]
    public void Find_Wrong_IsAConfigurationErrorThatSaysWhat(string document, string with, string reason)
    {
        var error = Assert.Throws<InvocationException>(() => AsyncDocument.Read(document).Find(JsonValue.Parse(with), null));
        Assert.Equal(InvocationFailure.Configuration, error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
