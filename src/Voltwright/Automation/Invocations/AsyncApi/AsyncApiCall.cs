using Voltwright.Automation.Invocations.AsyncApi.Transports;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi;

/// <summary>Publishes a message, or subscribes to messages, as a document describes it (DSL reference, AsyncAPI Call).</summary>
internal sealed class AsyncApiCall(Outbound outbound, HttpCaller caller, IResources resources)
{
    private readonly Dictionary<string, IMessageTransport> _transports = Table(
        (new HttpTransport(outbound, caller), ["http", "https"]),
        (new WebSocketTransport(outbound), ["ws", "wss"]),
        (new MqttTransport(outbound), ["mqtt", "mqtt5", "mqtts", "secure-mqtt"]),
        (new AmqpTransport(outbound), ["amqp", "amqps"]),
        (new KafkaTransport(outbound), ["kafka"]));

    /// <summary>The output of a publication is the message; messages of a subscription are told one by one.</summary>
    public async Task<JsonValue> CallAsync(JsonValue with, string idempotencyKey, Action<JsonValue> received, CancellationToken cancellation)
    {
        var document = AsyncDocument.Read(await resources.ReadAsync(with["document"], cancellation));
        var target = document.Find(with, RequestAuthorization.Read(with["authentication"]));
        var transport = _transports.GetValueOrDefault(target.Protocol) ?? throw new InvocationException(
            InvocationFailure.Configuration, $"Messages by '{target.Protocol}' cannot be carried; these can: {string.Join(", ", _transports.Keys)}.");
        if (with["message"].TryGetObject(out var outbound))
        {
            var message = new AsyncMessage(outbound["payload"], outbound["headers"].TryGetObject(out var headers) ? headers : JsonObject.Empty);
            await transport.PublishAsync(target, message, idempotencyKey, cancellation);
            return message.ToJson();
        }

        await transport.SubscribeAsync(target, message => received(message.ToJson()), cancellation);
        return default;
    }

    private static Dictionary<string, IMessageTransport> Table(params (IMessageTransport Transport, string[] Protocols)[] rows) =>
        rows.SelectMany(r => r.Protocols.Select(p => (p, r.Transport))).ToDictionary(r => r.p, r => r.Transport, StringComparer.Ordinal);
}
