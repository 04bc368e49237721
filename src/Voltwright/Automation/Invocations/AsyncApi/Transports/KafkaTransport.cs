using System.Text;
using Confluent.Kafka;
using Voltwright.Jq;
using Voltwright.Workflows.Runs;

namespace Voltwright.Automation.Invocations.AsyncApi.Transports;

/// <summary>Kafka: the channel is the topic.</summary>
internal sealed class KafkaTransport(Outbound outbound) : IMessageTransport
{
    public async Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation)
    {
        var config = new ProducerConfig(Config(target)) { EnableIdempotence = true, MessageTimeoutMs = 30_000 };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        var headers = new Headers { { "idempotency-key", Encoding.UTF8.GetBytes(idempotencyKey) } };
        foreach (var (name, value) in message.HeaderTexts)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        try
        {
            var record = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(idempotencyKey), Value = message.Body, Headers = headers };
            await producer.ProduceAsync(Topic(target), record, cancellation);
        }
        catch (KafkaException e)
        {
            throw new InvocationException(InvocationFailure.Communication, $"Kafka refused the message: {e.Error.Reason}.", 503, e);
        }
    }

    public Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Consume(target, received, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Consume(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation)
    {
        var group = target.Bindings["groupId"]["const"].TryGetString(out var name) ? name : $"voltwright-{Guid.CreateVersion7():N}";
        var config = new ConsumerConfig(Config(target)) { GroupId = group, AutoOffsetReset = AutoOffsetReset.Latest };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Subscribe(Topic(target));
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var record = consumer.Consume(cancellation).Message;
                var headers = JsonObject.Empty;
                foreach (var header in record.Headers ?? [])
                    headers = headers.With(header.Key, Encoding.UTF8.GetString(header.GetValueBytes() ?? []));
                received(AsyncMessage.Received(record.Value ?? [], headers, headers["correlationId"].TryGetString(out var id) ? id : null));
            }
        }
        catch (KafkaException e)
        {
            throw new InvocationException(InvocationFailure.Communication, $"Kafka ended the subscription: {e.Error.Reason}.", 503, e);
        }
        finally
        {
            consumer.Close();
        }
    }

    private static string Topic(AsyncTarget target) => target.Bindings["topic"].TryGetString(out var topic) ? topic : target.Channel;

    // A cluster tells its client where its other brokers are: no policy of ours judges those, so the operator has to name the cluster.
    private ClientConfig Config(AsyncTarget target)
    {
        var (uri, isTrusted) = outbound.Find(target.Server);
        if (!isTrusted)
        {
            throw new InvocationException(
                InvocationFailure.Authorization, $"A Kafka cluster leads its clients to other addresses; the operator has to map or allow {uri.Authority}.");
        }

        var config = new ClientConfig { BootstrapServers = $"{uri.Host}:{(uri.Port > 0 ? uri.Port : 9092)}", SocketConnectionSetupTimeoutMs = 15_000 };
        if (target.Authorization is { User: { } user } who)
        {
            config.SecurityProtocol = SecurityProtocol.SaslPlaintext;
            config.SaslMechanism = SaslMechanism.Plain;
            config.SaslUsername = user;
            config.SaslPassword = who.Credential;
        }

        return config;
    }
}
