using System.Buffers;
using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Voltwright.Jq;
using Voltwright.Workflows.Http;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi.Transports;

/// <summary>MQTT 3.1.1, and 5 where the document says so or headers have to travel.</summary>
internal sealed class MqttTransport(Outbound outbound) : IMessageTransport
{
    public async Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation)
    {
        var isNew = target.Protocol == "mqtt5" || message.Headers.Count > 0;
        using var client = await ConnectAsync(target, isNew, _ => { }, null, cancellation);
        var packet = new MqttApplicationMessageBuilder().WithTopic(target.Channel).WithPayload(message.Body)
            .WithQualityOfServiceLevel(Quality(target)).WithRetainFlag(target.Bindings["retain"].IsTruthy);
        if (isNew)
        {
            packet.WithContentType(message.Payload.IsString ? "text/plain" : "application/json").WithUserProperty("idempotency-key", Bytes(idempotencyKey));
            foreach (var (name, value) in message.HeaderTexts)
                packet.WithUserProperty(name, Bytes(value));
        }

        var result = await client.PublishAsync(packet.Build(), cancellation);
        if (!result.IsSuccess)
            throw new InvocationException(InvocationFailure.Communication, $"The broker refused the message: {result.ReasonCode}.", 502);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation);
    }

    public async Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = await ConnectAsync(target, target.Protocol == "mqtt5", packet => received(MessageOf(packet)), gone, cancellation);
        var filter = new MqttTopicFilterBuilder().WithTopic(Wildcards(target.Channel)).WithQualityOfServiceLevel(Quality(target)).Build();
        var answer = await SubscribeAsync(client, new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter).Build(), cancellation);
        if (answer.Items.FirstOrDefault(i => i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            throw new InvocationException(InvocationFailure.Communication, $"The broker refused the subscription: {refused.ResultCode}.", 403);
        await gone.Task.WaitAsync(cancellation);
    }

    private static async Task<MqttClientSubscribeResult> SubscribeAsync(
        IMqttClient client, MqttClientSubscribeOptions options, CancellationToken cancellation)
    {
        try
        {
            return await client.SubscribeAsync(options, cancellation);
        }
        catch (MqttCommunicationException e)
        {
            throw new InvocationException(InvocationFailure.Communication, $"The broker is gone: {e.Message}", 503, e);
        }
    }

    private async Task<IMqttClient> ConnectAsync(
        AsyncTarget target, bool isNew, Action<MqttApplicationMessage> received, TaskCompletionSource? gone, CancellationToken cancellation)
    {
        var (uri, address) = await outbound.ResolveAsync(target.Server, cancellation);
        var isSecure = target.Protocol is "mqtts" or "secure-mqtt" || uri.Scheme is "mqtts" or "secure-mqtt";
        var options = new MqttClientOptionsBuilder()
            .WithEndPoint(new IPEndPoint(address, uri.Port > 0 ? uri.Port : isSecure ? 8883 : 1883))
            .WithProtocolVersion(isNew ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId($"voltwright-{Guid.CreateVersion7():N}")
            .WithCleanSession();
        if (isSecure)
            options.WithTlsOptions(tls => tls.UseTls().WithTargetHost(uri.Host));
        if (target.Authorization is { } who)
            options.WithCredentials(UserOf(who), who.Credential);
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            received(e.ApplicationMessage);
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += e =>
        {
            var reason = e.ReasonString ?? e.Reason.ToString();
            gone?.TrySetException(new InvocationException(InvocationFailure.Communication, $"The broker is gone: {reason}.", 503));
            return Task.CompletedTask;
        };
        try
        {
            var connected = await client.ConnectAsync(options.Build(), cancellation);
            return connected.ResultCode == MqttClientConnectResultCode.Success ? client
                : throw new InvocationException(InvocationFailure.Communication, $"The broker refused the connection: {connected.ResultCode}.", 401);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static AsyncMessage MessageOf(MqttApplicationMessage packet)
    {
        var headers = JsonObject.Empty;
        foreach (var property in packet.UserProperties ?? [])
            headers = headers.With(property.Name, Encoding.UTF8.GetString(property.ValueBuffer.Span));
        var correlation = packet.CorrelationData is { Length: > 0 } data ? Encoding.UTF8.GetString(data) : null;
        return AsyncMessage.Received(packet.Payload.ToArray(), headers, correlation);
    }

    private static MqttQualityOfServiceLevel Quality(AsyncTarget target) => target.Bindings["qos"].TryGetInt64(out var qos) && qos is >= 0 and <= 2
        ? (MqttQualityOfServiceLevel)qos : MqttQualityOfServiceLevel.AtLeastOnce;

    private static string UserOf(HttpAuthorization who) => who.User ?? throw new InvocationException(
        InvocationFailure.Configuration, "A broker of MQTT is told user and password: use basic authentication.");

    // A parameter without a value stands for any.
    private static string Wildcards(string channel) =>
        string.Join('/', channel.Split('/').Select(part => part.Contains('{', StringComparison.Ordinal) ? "+" : part));

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
