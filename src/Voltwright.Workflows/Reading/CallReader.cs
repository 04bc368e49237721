using Voltwright.Workflows.Definitions;
using Voltwright.Workflows.Findings;

namespace Voltwright.Workflows.Reading;

/// <summary>Reads calls of every protocol.</summary>
internal sealed class CallReader(ReadingContext context, PartReader parts, TaskReader tasks)
{
    private static readonly string[] Functions = ["http", "openapi", "grpc", "asyncapi", "a2a", "mcp"];

    public TaskDefinition? Read(ObjectReader reader, TaskProperties properties)
    {
        if (reader.Text("call", required: true) is not { Text: { } function } call)
            return null;
        if (function == ReadingContext.Probe)
            context.Offer(Functions);
        switch (function)
        {
            case "http":
                return Http(reader, properties);
            case "openapi" or "grpc" or "asyncapi" or "a2a" or "mcp":
                return Protocol(function, reader, properties);
            default:
                var with = reader.Mapping("with");
                return new CallFunctionTask(properties, call, with);
        }
    }

    private CallHttpTask? Http(ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(context, reader.Any("with", required: true), "'with' of an HTTP call") is not { } with)
            return null;
        var method = with.Text("method", required: true);
        var endpoint = parts.Endpoint(with.Any("endpoint", required: true));
        var headers = with.TextOrMapping("headers");
        var query = with.TextOrMapping("query");
        var body = with.Any("body");
        var output = with.Choice("output", "content", "raw", "response")?.Text ?? "content";
        var redirect = with.Flag("redirect")?.Scalar.IsTruthy ?? false;
        with.Close();
        if (method?.Text is { } text && !text.All(c => char.IsAsciiLetter(c) || c == '-'))
            context.Error(method, Rules.InvalidValue, $"'{text}' is no HTTP method.");
        return method is null || endpoint is null ? null
            : new CallHttpTask(properties, method, endpoint, headers, query, body, output, redirect);
    }

    private CallProtocolTask? Protocol(string protocol, ObjectReader reader, TaskProperties properties)
    {
        if (ObjectReader.Open(context, reader.Any("with", required: true), $"'with' of a call of {protocol}") is not { } with)
            return null;
        IteratorDefinition? iterator = null;
        switch (protocol)
        {
            case "openapi": OpenApi(with); break;
            case "grpc": Grpc(with); break;
            case "asyncapi": iterator = AsyncApi(with, properties.Pointer); break;
            case "a2a": AgentToAgent(with); break;
            default: ModelContext(with); break;
        }

        with.Close();
        return new CallProtocolTask(properties, protocol, with.Node, iterator);
    }

    private void OpenApi(ObjectReader with)
    {
        parts.Resource(with.Any("document", required: true), "'document'");
        with.Text("operationId", required: true);
        with.Mapping("parameters");
        parts.Authentication(with.Any("authentication"), mayUse: true);
        with.Choice("output", "content", "raw", "response");
        with.Flag("redirect");
    }

    private void Grpc(ObjectReader with)
    {
        parts.Resource(with.Any("proto", required: true), "'proto'");
        if (ObjectReader.Open(context, with.Any("service", required: true), "'service'") is { } service)
        {
            service.Text("name", required: true);
            service.Text("host", required: true);
            service.Whole("port");
            parts.Authentication(service.Any("authentication"), mayUse: true);
            service.Close();
        }

        with.Text("method", required: true);
        with.Mapping("arguments");
    }

    private IteratorDefinition? AsyncApi(ObjectReader with, string pointer)
    {
        parts.Resource(with.Any("document", required: true), "'document'");
        foreach (var name in new[] { "channel", "operation" })
            with.Text(name);
        with.ExactlyOne("channel", "operation");
        if (ObjectReader.Open(context, with.Any("server"), "'server'") is { } server)
        {
            server.Text("name", required: true);
            server.Mapping("variables");
            server.Close();
        }

        with.Choice("protocol", "amqp", "amqp1", "anypointmq", "googlepubsub", "http", "ibmmq", "jms", "kafka", "mercure", "mqtt", "mqtt5", "nats",
            "pulsar", "redis", "sns", "solace", "sqs", "stomp", "ws");
        parts.Authentication(with.Any("authentication"), mayUse: true);
        if (ObjectReader.Open(context, with.Any("message"), "'message'") is { } message)
        {
            message.Any("payload");
            message.Any("headers");
            message.Close();
        }

        with.ExactlyOne("message", "subscription");
        return Subscription(with.Any("subscription"), pointer);
    }

    private IteratorDefinition? Subscription(SourceNode? node, string pointer)
    {
        if (ObjectReader.Open(context, node, "'subscription'") is not { } subscription)
            return null;
        subscription.Text("filter");
        if (ObjectReader.Open(context, subscription.Any("consume", required: true), "'consume'") is { } consume)
        {
            consume.Whole("amount");
            parts.Duration(consume.Any("for"), "for");
            consume.Text("while");
            consume.Text("until");
            consume.ExactlyOne("amount", "while", "until");
            consume.Close();
        }

        var iterator = tasks.Iterator(subscription.Any("foreach"), $"{pointer}/with/subscription/foreach");
        subscription.Close();
        return iterator;
    }

    private void AgentToAgent(ObjectReader with)
    {
        with.Choice("method", required: true, "message/send", "message/stream", "tasks/get", "tasks/list", "tasks/cancel", "tasks/resubscribe",
            "tasks/pushNotificationConfig/set", "tasks/pushNotificationConfig/get", "tasks/pushNotificationConfig/list",
            "tasks/pushNotificationConfig/delete", "agent/getAuthenticatedExtendedCard");
        parts.Resource(with.Any("agentCard"), "'agentCard'");
        parts.Endpoint(with.Any("server"));
        with.TextOrMapping("parameters");
    }

    private void ModelContext(ObjectReader with)
    {
        with.Text("protocolVersion");
        with.Choice("method", required: true, "tools/list", "tools/call", "prompts/list", "prompts/get", "resources/list", "resources/read",
            "resources/templates/list");
        with.TextOrMapping("parameters");
        parts.Duration(with.Any("timeout"), "timeout");
        if (ObjectReader.Open(context, with.Any("client"), "'client'") is { } client)
        {
            client.Text("name", required: true);
            client.Text("version", required: true);
            client.Close();
        }

        if (ObjectReader.Open(context, with.Any("transport", required: true), "'transport'") is not { } transport)
            return;
        if (ObjectReader.Open(context, transport.Any("http"), "'http'") is { } http)
        {
            parts.Endpoint(http.Any("endpoint", required: true));
            http.Mapping("headers");
            http.Close();
        }

        if (ObjectReader.Open(context, transport.Any("stdio"), "'stdio'") is { } stdio)
        {
            stdio.Text("command", required: true);
            stdio.Sequence("arguments");
            stdio.Mapping("environment");
            stdio.Close();
        }

        transport.Mapping("options");
        transport.ExactlyOne("http", "stdio");
        transport.Close();
    }
}
