using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Voltwright.Events;
using Voltwright.Cluster;
using Voltwright.Gateway.Native;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Gateway.Mqtt;

/// <summary>
/// Native stations at a broker of the operator's. Who may say what under which topic is that broker's to rule; whether a station is
/// there is told by what it says, and by its last will.
/// </summary>
public sealed class MqttBridge(
    GatewayOptions options, StationLookup stations, StationLinks links, NativeEvents events, ThisNode node, TimeProvider time, ILogger<MqttBridge> logger)
    : BackgroundService
{
    private const string EventTopics = "stations/+/events";
    private const string ReplyTopics = "stations/+/replies";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, MqttStationLink> _present = new(StringComparer.Ordinal);
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _client.ApplicationMessageReceivedAsync += ReceivedAsync;
        for (var failures = 0; !stoppingToken.IsCancellationRequested; failures++)
        {
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task Lost(MqttClientDisconnectedEventArgs _)
            {
                lost.TrySetResult();
                return Task.CompletedTask;
            }

            _client.DisconnectedAsync += Lost;
            try
            {
                await ConnectAsync(stoppingToken);
                failures = 0;
                await lost.Task.WaitAsync(stoppingToken);
                logger.LogWarning("The connection to the MQTT broker at {Broker} was lost", options.MqttBroker!.Authority);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                logger.LogWarning("The MQTT broker at {Broker} cannot be used: {Reason}", options.MqttBroker!.Host, e.Message);
            }
            finally
            {
                _client.DisconnectedAsync -= Lost;
                await EverybodyIsGoneAsync();
            }

            var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures, 10)) / 4));
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_client.IsConnected)
            await _client.DisconnectAsync(cancellationToken: CancellationToken.None);
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var broker = options.MqttBroker!;
        var login = broker.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var isEncrypted = broker.Scheme == "mqtts";
        var client = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.IsDefaultPort || broker.Port < 0 ? (isEncrypted ? 8883 : 1883) : broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(MqttSeats.Broker)
            .WithTlsOptions(tls => tls.UseTls(isEncrypted))
            // What is said while this server is away waits at the broker.
            .WithCleanStart(false)
            .WithSessionExpiryInterval(uint.MaxValue);
        if (login is [{ Length: > 0 } user, .. var password])
            client.WithCredentials(user, password.FirstOrDefault() ?? "");
        await _client.ConnectAsync(client.Build(), cancellation);
        await _client.SubscribeAsync(EventTopics, MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        await _client.SubscribeAsync(ReplyTopics, MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        logger.LogInformation("Listening to native stations at the MQTT broker {Broker}", broker.Host);
    }

    private async Task ReceivedAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        try
        {
            var parts = received.ApplicationMessage.Topic.Split('/');
            if (parts is [_, var station, var topic] && MqttTopics.IsPossibleFor(station))
                await TakeAsync(station, topic, received.ApplicationMessage.Payload.ToArray());
            await received.AcknowledgeAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // Not acknowledged: the broker delivers it again.
            logger.LogError(e, "A message on {Topic} could not be taken", received.ApplicationMessage.Topic);
            await _client.DisconnectAsync(cancellationToken: CancellationToken.None);
        }
    }

    private async Task TakeAsync(string station, string topic, byte[] payload)
    {
        if (payload.Length > options.MaxMessageBytes || !TryParse(payload, out var message))
        {
            logger.LogWarning("A message of station {Station} was dropped: it is no JSON, or has {Bytes} bytes", station, payload.Length);
            return;
        }

        if (topic == "replies")
        {
            if (_present.TryGetValue(station, out var asked) && !asked.Replied(message))
                logger.LogDebug("Station {Station} answered a command that nobody waits for", station);
            return;
        }

        if (message["type"] == EventTypes.Disconnected)
        {
            await GoneAsync(station);
            return;
        }

        if (await PresentAsync(station) is not { } link)
            return;
        var problems = await events.TakeAsync(station, link.LinkId, message);
        if (problems.Count > 0)
            logger.LogWarning("An event of station {Station} was refused: {Problems}", station, string.Join(' ', problems));
    }

    /// <summary>Null when no such native station is registered; it is noted for admission.</summary>
    private async Task<MqttStationLink?> PresentAsync(string station)
    {
        if (_present.TryGetValue(station, out var known))
            return known;
        var grain = stations(station);
        if (await grain.Get() is not { Protocol: "mqtt" })
        {
            var refused = await grain.Authenticate(new Introduction("mqtt", options.MqttBroker!.Host));
            logger.LogWarning("Station {Station} at the MQTT broker is not listened to: {Reason}", station, refused.Reason);
            return null;
        }

        var link = new MqttStationLink(station, node.NewLinkId(), options, time, m => SendAsync(station, m), _ => GoneAsync(station));
        _present[station] = link;
        var older = links.Add(link);
        await grain.Connected(link.LinkId, link.Protocol);
        if (older is not null)
            await older.CloseAsync("The station is at the broker now.");
        return link;
    }

    private async Task GoneAsync(string station)
    {
        if (!_present.TryRemove(station, out var link))
            return;
        link.Disconnected();
        links.Remove(link);
        await stations(station).Disconnected(link.LinkId);
    }

    private async Task EverybodyIsGoneAsync()
    {
        foreach (var station in _present.Keys)
            await GoneAsync(station);
    }

    private Task SendAsync(string station, JsonValue message) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(new MqttTopics(station).Commands)
        .WithPayload(message.ToUtf8())
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build());

    private static bool TryParse(byte[] payload, out JsonValue message)
    {
        try
        {
            message = JsonValue.Parse(payload);
            return true;
        }
        catch (JsonFormatException)
        {
            message = JsonValue.Null;
            return false;
        }
    }
}
