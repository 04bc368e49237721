using System.Text;
using Confluent.Kafka;
using Voltwright.Jq;
using Voltwright.Storage;
using KafkaError = Confluent.Kafka.ErrorCode;

namespace Voltwright.Forwarding.Publications;

/// <summary>Publishes to Kafka, acknowledged by all replicas. The key is the subject, so that its events share a partition and an order.</summary>
/// <remarks>CloudEvents Kafka Protocol Binding 1.0.2, section 3.</remarks>
internal sealed class KafkaSink(Publication publication, ForwardingPolicy policy) : IEventSink, IAsyncDisposable
{
    private readonly IProducer<byte[], byte[]> _producer =
        new ProducerBuilder<byte[], byte[]>(ConfigOf(publication, policy)).SetLogHandler((_, _) => { }).Build();

    public async Task<SendOutcome> SendAsync(StoredEvent e, CancellationToken cancellation)
    {
        var subject = e.Envelope["subject"].TryGetString(out var text) ? text : "";
        var topic = publication.TopicOf(subject, e.Envelope["type"].AsString());
        try
        {
            var result = await _producer.ProduceAsync(topic, MessageOf(publication, e.Envelope), cancellation);
            return result.Status == PersistenceStatus.Persisted
                ? new SendOutcome.Delivered()
                : new SendOutcome.Failed("The cluster may not have it.");
        }
        catch (KafkaException failure)
        {
            return failure.Error.Code is KafkaError.MsgSizeTooLarge or KafkaError.InvalidMsg or KafkaError.TopicException or KafkaError.InvalidRecord
                ? new SendOutcome.Impossible($"Kafka refused the message: {failure.Error.Reason}")
                : new SendOutcome.Failed($"Kafka did not take the message: {failure.Error.Reason}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _producer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The event as a record: in binary mode its attributes are headers called <c>ce_…</c>.</summary>
    internal static Message<byte[], byte[]> MessageOf(Publication publication, JsonValue envelope)
    {
        var message = publication.IsBinary ? CloudEventMessage.Binary(envelope) : CloudEventMessage.Structured(envelope);
        var headers = new Headers();
        if (message.ContentType is { } type)
            headers.Add("content-type", Encoding.UTF8.GetBytes(type));
        foreach (var (name, value) in message.Attributes)
            headers.Add($"ce_{name}", Encoding.UTF8.GetBytes(value));
        var key = envelope["subject"].TryGetString(out var subject) ? subject : envelope["source"].AsString();
        return new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(key), Value = message.Body, Headers = headers };
    }

    private static ProducerConfig ConfigOf(Publication publication, ForwardingPolicy policy)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = publication.Hosts,
            ClientId = $"voltwright-{publication.Name}",
            EnableIdempotence = true,
            Acks = Acks.All,
            MessageTimeoutMs = (int)policy.Timeout.TotalMilliseconds,
            LingerMs = 5,
        };
        if (publication.IsSecure)
            config.SecurityProtocol = publication.User is null ? SecurityProtocol.Ssl : SecurityProtocol.SaslSsl;
        else if (publication.User is not null)
            config.SecurityProtocol = SecurityProtocol.SaslPlaintext;
        if (publication.User is { } user)
            (config.SaslMechanism, config.SaslUsername, config.SaslPassword) = (SaslMechanism.Plain, user, publication.Password);
        return config;
    }
}
