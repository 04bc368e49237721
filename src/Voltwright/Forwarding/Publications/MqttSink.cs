using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Voltwright.Jq;
using Voltwright.Storage;

namespace Voltwright.Forwarding.Publications;

/// <summary>Publishes by MQTT 5 at QoS 1: an event is delivered when the broker has acknowledged it.</summary>
/// <remarks>CloudEvents MQTT Protocol Binding 1.0.2, section 3.</remarks>
internal sealed class MqttSink(Publication publication, ForwardingPolicy policy, TimeProvider clock) : IEventSink, IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private IMqttClient? _client;

    public async Task<SendOutcome> SendAsync(StoredEvent e, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(policy.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            var client = await ConnectedAsync(either.Token);
            return Judge(await client.PublishAsync(MessageOf(publication, e.Envelope), either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome.Failed($"The broker gave no answer within {policy.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception failure) when (failure is MqttCommunicationException or MqttClientDisconnectedException or InvalidOperationException)
        {
            return new SendOutcome.Failed($"The broker is away: {failure.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } client)
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        _client?.Dispose();
        _connecting.Dispose();
    }

    /// <summary>The event as a message: content type and attributes are MQTT 5's properties.</summary>
    internal static MqttApplicationMessage MessageOf(Publication publication, JsonValue envelope)
    {
        var message = publication.IsBinary ? CloudEventMessage.Binary(envelope) : CloudEventMessage.Structured(envelope);
        var subject = envelope["subject"].TryGetString(out var text) ? text : "";
        var packet = new MqttApplicationMessageBuilder()
            .WithTopic(publication.TopicOf(subject, envelope["type"].AsString()))
            .WithPayload(message.Body)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (message.ContentType is { } type)
            packet.WithContentType(type);
        foreach (var (name, value) in message.Attributes)
            packet.WithUserProperty(name, Encoding.UTF8.GetBytes(value));
        return packet.Build();
    }

    private static SendOutcome Judge(MqttClientPublishResult result) => result.ReasonCode switch
    {
        MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers => new SendOutcome.Delivered(),
        MqttClientPublishReasonCode.TopicNameInvalid or MqttClientPublishReasonCode.PayloadFormatInvalid =>
            new SendOutcome.Impossible($"The broker refused the message: {result.ReasonCode}."),
        var code => new SendOutcome.Failed($"The broker refused the message: {code}."),
    };

    private async Task<IMqttClient> ConnectedAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true } connected)
            return connected;
        await _connecting.WaitAsync(cancellation);
        try
        {
            _client ??= new MqttClientFactory().CreateMqttClient();
            if (!_client.IsConnected)
                await ConnectAsync(_client, cancellation);
            return _client;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task ConnectAsync(IMqttClient client, CancellationToken cancellation)
    {
        var place = publication.Hosts.Split(':', 2);
        var port = place.Length == 2 && int.TryParse(place[1], out var given) ? given : publication.IsSecure ? 8883 : 1883;
        var options = new MqttClientOptionsBuilder()
            .WithEndPoint(new DnsEndPoint(place[0], port))
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"voltwright-{publication.Name}-{Guid.CreateVersion7():N}")
            .WithCleanSession();
        if (publication.IsSecure)
            options.WithTlsOptions(tls => tls.UseTls().WithTargetHost(place[0]));
        if (publication.User is { } user)
            options.WithCredentials(user, publication.Password);
        var answer = await client.ConnectAsync(options.Build(), cancellation);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"it refused the connection: {answer.ResultCode}");
    }
}
