using System.Net;
using System.Text;
using Confluent.Kafka;
using MQTTnet;
using MQTTnet.Formatter;
using Voltwright.Forwarding;
using Voltwright.Forwarding.Publications;
using Voltwright.Jq;
using Voltwright.Storage;
using Voltwright.Tests.Automation.Invocations.AsyncApi;

namespace Voltwright.Tests.Forwarding.Publications;

public sealed class SinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ForwardingPolicy Policy = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static readonly JsonValue Envelope = JsonValue.Parse(
        """{"specversion":"1.0","id":"1","source":"/s","type":"t.v1","subject":"CP1","datacontenttype":"application/json","data":{"a":1}}""");

    [Fact]
    public async Task Mqtt_InBinaryMode_ArrivesWithItsAttributesAsProperties()
    {
        await using var broker = await SmallBroker.StartAsync("us", "pass");
        var hosts = broker.Address.Authority;
        using var listener = await ListenAsync(broker, "stations/#", out var arrived);
        await using var sink = new MqttSink(
            Publication.Parse($"x=mqtt://{hosts}/stations/{{subject}}?mode=binary&user=us", _ => "pass"), Policy, TimeProvider.System);

        Assert.IsType<SendOutcome.Delivered>(await sink.SendAsync(new StoredEvent(1, Envelope), default));

        var message = await arrived.WaitAsync(Patience);
        Assert.Equal(("stations/CP1", "application/json", """{"a":1}"""), (message.Topic, message.ContentType, message.ConvertPayloadToString()));
        Assert.Equal("t.v1", Encoding.UTF8.GetString(message.UserProperties.Single(p => p.Name == "type").ValueBuffer.Span));
    }

    [Fact]
    public async Task Mqtt_WithAWrongPassword_FailsAndMayBeTriedAgain()
    {
        await using var broker = await SmallBroker.StartAsync("us", "pass");
        await using var sink = new MqttSink(
            Publication.Parse($"x=mqtt://{broker.Address.Authority}/t?user=us", _ => "wrong"), Policy, TimeProvider.System);
        Assert.IsType<SendOutcome.Failed>(await sink.SendAsync(new StoredEvent(1, Envelope), default));
    }

    [Fact]
    public async Task Mqtt_WithNoBroker_Fails()
    {
        await using var sink = new MqttSink(Publication.Parse("x=mqtt://127.0.0.1:9/t", _ => null), Policy, TimeProvider.System);
        Assert.IsType<SendOutcome.Failed>(await sink.SendAsync(new StoredEvent(1, Envelope), default));
    }

    [Fact]
    public void Mqtt_InStructuredMode_IsTheWholeEvent()
    {
        var message = MqttSink.MessageOf(Publication.Parse("x=mqtt://h/t", _ => null), Envelope);
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.ContentType);
        Assert.Equal(Envelope.ToString(), message.ConvertPayloadToString());
    }

    [Fact]
    public async Task Kafka_OnTheWire_ArrivesUnderItsSubject()
    {
        // The client library's own broker: real sockets, the real protocol.
        using var cluster = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(new Dictionary<string, string>
        {
            ["bootstrap.servers"] = "unused:1", ["test.mock.num.brokers"] = "1",
        })).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(cluster.Handle).Build();
        var broker = admin.GetMetadata(Patience).Brokers[0];
        var hosts = $"{broker.Host}:{broker.Port}";
        await using var sink = new KafkaSink(Publication.Parse($"x=kafka://{hosts}/events?mode=binary", _ => null), Policy);

        Assert.IsType<SendOutcome.Delivered>(await sink.SendAsync(new StoredEvent(1, Envelope), default));

        var record = Consume(hosts, "events");
        Assert.Equal(("CP1", """{"a":1}"""), (Encoding.UTF8.GetString(record.Key), Encoding.UTF8.GetString(record.Value)));
        Assert.Equal("t.v1", Encoding.UTF8.GetString(record.Headers.GetLastBytes("ce_type")));
        Assert.Equal("application/json", Encoding.UTF8.GetString(record.Headers.GetLastBytes("content-type")));
    }

    [Fact]
    public async Task Kafka_WithNoCluster_FailsAndMayBeTriedAgain()
    {
        await using var sink = new KafkaSink(
            Publication.Parse("x=kafka://127.0.0.1:9/events", _ => null), Policy with { Timeout = TimeSpan.FromSeconds(1) });
        Assert.IsType<SendOutcome.Failed>(await sink.SendAsync(new StoredEvent(1, Envelope), default));
    }

    [Fact]
    public void Kafka_InStructuredMode_IsTheWholeEventWithoutAttributes()
    {
        var message = KafkaSink.MessageOf(Publication.Parse("x=kafka://h/t", _ => null), Envelope);
        Assert.Equal("application/cloudevents+json; charset=utf-8", Encoding.UTF8.GetString(message.Headers.GetLastBytes("content-type")));
        Assert.Equal(Envelope.ToString(), Encoding.UTF8.GetString(message.Value));
        Assert.Single(message.Headers);
    }

    private static Message<byte[], byte[]> Consume(string hosts, string topic)
    {
        var config = new ConsumerConfig { BootstrapServers = hosts, GroupId = "test", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Subscribe(topic);
        var record = consumer.Consume(Patience) ?? throw new TimeoutException($"Nothing came to {topic}.");
        consumer.Close();
        return record.Message;
    }

    private static Task<IMqttClient> ListenAsync(SmallBroker broker, string topic, out Task<MqttApplicationMessage> arrived)
    {
        var first = new TaskCompletionSource<MqttApplicationMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        arrived = first.Task;
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            first.TrySetResult(e.ApplicationMessage);
            return Task.CompletedTask;
        };
        return ConnectAsync();

        async Task<IMqttClient> ConnectAsync()
        {
            await client.ConnectAsync(new MqttClientOptionsBuilder().WithEndPoint(new IPEndPoint(IPAddress.Loopback, broker.Address.Port))
                .WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials("us", "pass").Build());
            await client.SubscribeAsync(topic);
            return client;
        }
    }
}
