using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi.Transports;

/// <summary>AMQP 0-9-1: the channel is a queue, or a routing key of the exchange that the document binds it to.</summary>
internal sealed class AmqpTransport(Outbound outbound) : IMessageTransport
{
    // The library numbers what it publishes.
    private const string ClientsOwnHeader = "x-dotnet-pub-seq-no";

    public Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation) =>
        UseAsync(target, async channel =>
        {
            var properties = new BasicProperties
            {
                MessageId = idempotencyKey,
                ContentType = message.Payload.IsString ? "text/plain" : "application/json",
                DeliveryMode = DeliveryModes.Persistent,
                Headers = message.HeaderTexts.ToDictionary(h => h.Name, h => (object?)h.Value),
            };
            // With confirmations on, this completes when the broker has the message. A queue that is not there is an error; an exchange without
            // listeners is none.
            var exchange = Exchange(target);
            await channel.BasicPublishAsync(exchange, target.Channel, mandatory: exchange.Length == 0, properties, message.Body, cancellation);
        }, cancellation);

    public Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation) =>
        UseAsync(target, async channel =>
        {
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            channel.ChannelShutdownAsync += (_, e) =>
            {
                gone.TrySetException(new InvocationException(InvocationFailure.Communication, $"The broker is gone: {e.ReplyText}.", 503));
                return Task.CompletedTask;
            };
            var queue = target.Channel;
            if (Exchange(target) is { Length: > 0 } exchange)
            {
                queue = (await channel.QueueDeclareAsync(cancellationToken: cancellation)).QueueName;
                await channel.QueueBindAsync(queue, exchange, target.Channel, cancellationToken: cancellation);
            }

            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, e) =>
            {
                received(MessageOf(e));
                await channel.BasicAckAsync(e.DeliveryTag, false, cancellation);
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
            await gone.Task.WaitAsync(cancellation);
        }, cancellation);

    private async Task UseAsync(AsyncTarget target, Func<IChannel, Task> use, CancellationToken cancellation)
    {
        var (uri, address) = await outbound.ResolveAsync(target.Server, cancellation);
        var isSecure = target.Protocol == "amqps" || uri.Scheme == "amqps";
        var factory = new ConnectionFactory
        {
            HostName = address.ToString(),
            Port = uri.Port > 0 ? uri.Port : isSecure ? 5671 : 5672,
            VirtualHost = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/",
            Ssl = new SslOption(uri.Host, enabled: isSecure),
            AutomaticRecoveryEnabled = false,
        };
        if (target.Authorization is { User: { } user } who)
            (factory.UserName, factory.Password) = (user, who.Credential);
        try
        {
            await using var connection = await factory.CreateConnectionAsync(cancellation);
            await using var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
            await use(channel);
        }
        catch (BrokerUnreachableException e)
        {
            throw new InvocationException(InvocationFailure.Communication, $"The broker cannot be reached: {e.GetBaseException().Message}", 503, e);
        }
        catch (Exception e) when (e is OperationInterruptedException or PublishException)
        {
            throw new InvocationException(InvocationFailure.Communication, $"The broker refused: {e.Message}", 502, e);
        }
    }

    private static AsyncMessage MessageOf(BasicDeliverEventArgs delivery)
    {
        var headers = JsonObject.Empty;
        foreach (var (name, value) in (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>()).Where(h => h.Key != ClientsOwnHeader))
            headers = headers.With(name, value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString());
        return AsyncMessage.Received(delivery.Body.Span, headers, delivery.BasicProperties.CorrelationId);
    }

    private static string Exchange(AsyncTarget target) => target.Bindings["exchange"]["name"].TryGetString(out var name) ? name : "";
}
