using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Voltwright.Cluster;
using Voltwright.Gateway.Native;
using Voltwright.Jq;
using Voltwright.Stations;

namespace Voltwright.Gateway.Mqtt;

/// <summary>The broker that native stations connect to. It carries no message from one station to another.</summary>
public sealed class MqttGateway(
    GatewayOptions options, StationLookup stations, StationLinks links, NativeEvents events, AuthenticationThrottle throttle,
    StationTalk talk, ThisNode node, TimeProvider time, ILogger<MqttGateway> logger) : IHostedService, IDisposable
{
    private const string LinkItem = "link";

    private readonly MqttSeats _seats = new();
    private MqttServer? _broker;
    private MqttServerOptions? _bound;

    /// <summary>The port in use; what the operating system chose when 0 was asked for.</summary>
    public int Port => _bound?.DefaultEndpointOptions.Port ?? 0;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var factory = new MqttServerFactory();
        _bound = factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(options.MqttPort)
            .WithDefaultEndpointBoundIPAddress(options.MqttAddress)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithMaxPendingMessagesPerClient(options.CommandsInLine * 2)
            .Build();
        _broker = factory.CreateMqttServer(_bound);
        _broker.ValidatingConnectionAsync += AuthenticateAsync;
        _broker.InterceptingPublishAsync += PublishedAsync;
        _broker.InterceptingSubscriptionAsync += Subscribing;
        _broker.ClientSubscribedTopicAsync += SubscribedAsync;
        _broker.ClientDisconnectedAsync += DisconnectedAsync;
        try
        {
            await _broker.StartAsync();
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"MQTT cannot listen on {options.MqttAddress}:{options.MqttPort}: {e.Message}. Choose another port with --mqtt.", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_broker is { IsStarted: true })
            await _broker.StopAsync(new MqttServerStopOptions());
    }

    public void Dispose() => _broker?.Dispose();

    private async Task AuthenticateAsync(ValidatingConnectionEventArgs connecting)
    {
        var address = (connecting.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "unknown";
        var station = connecting.UserName ?? string.Empty;
        connecting.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        if (!MqttTopics.IsPossibleFor(station) || throttle.IsPaused(station, address))
            return;
        var admission = await stations(station).Authenticate(new Introduction("mqtt", address, connecting.Password));
        if (!admission.Admitted)
        {
            throttle.Failed(station, address);
            connecting.ReasonString = admission.Reason;
            logger.LogWarning("Station {Station} at {Address} was refused over MQTT: {Reason}", station, address, admission.Reason);
            return;
        }

        throttle.Succeeded(station, address);

        // A client id in another station's hands would let this one push that one off the broker.
        connecting.ReasonCode = _seats.TryTake(connecting.ClientId, station)
            ? MqttConnectReasonCode.Success
            : MqttConnectReasonCode.ClientIdentifierNotValid;
    }

    private Task Subscribing(InterceptingSubscriptionEventArgs asked)
    {
        asked.ProcessSubscription = asked.TopicFilter.Topic == new MqttTopics(asked.UserName).Commands;
        if (!asked.ProcessSubscription)
            asked.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        return Task.CompletedTask;
    }

    private async Task SubscribedAsync(ClientSubscribedTopicEventArgs subscribed)
    {
        var link = new MqttStationLink(
            subscribed.UserName, node.NewLinkId(), options, time, m => SendAsync(subscribed.UserName, m), reason => CloseAsync(subscribed.ClientId, reason));
        if (subscribed.SessionItems[LinkItem] is MqttStationLink)
        {
            link.Dispose();
            return;
        }

        subscribed.SessionItems[LinkItem] = link;
        var older = links.Add(link);
        await stations(link.StationId).Connected(link.LinkId, link.Protocol);
        if (older is not null)
            await older.CloseAsync("A newer connection of this station took its place.");
    }

    private async Task DisconnectedAsync(ClientDisconnectedEventArgs gone)
    {
        if (gone.DisconnectType != MqttClientDisconnectType.Takeover)
            _seats.Leave(gone.ClientId);
        if (gone.SessionItems[LinkItem] is not MqttStationLink link)
            return;
        link.Disconnected();
        // Not disposed: commands in line still pass through it on their way out.
        links.Remove(link);
        await stations(link.StationId).Disconnected(link.LinkId);
    }

    private async Task PublishedAsync(InterceptingPublishEventArgs published)
    {
        if (published.ClientId == MqttSeats.Broker)
            return;
        // Nothing a station says is passed on to other clients.
        published.ProcessPublish = false;
        var topics = new MqttTopics(published.UserName);
        var topic = published.ApplicationMessage.Topic;
        if (topic != topics.Events && topic != topics.Replies)
        {
            Refuse(published, MqttPubAckReasonCode.NotAuthorized,
                $"Station {published.UserName} may publish to {topics.Events} and {topics.Replies} only.");
            return;
        }

        if (published.ApplicationMessage.Payload.Length > options.MaxMessageBytes)
        {
            Refuse(published, MqttPubAckReasonCode.QuotaExceeded, $"A message may have {options.MaxMessageBytes} bytes.");
            return;
        }

        var payload = published.ApplicationMessage.Payload.ToArray();
        talk.Note(published.UserName, sent: false, payload);
        try
        {
            await TakeAsync(published, JsonValue.Parse(payload), topic == topics.Events);
        }
        catch (JsonFormatException e)
        {
            Refuse(published, MqttPubAckReasonCode.PayloadFormatInvalid, $"Not JSON: {e.Message}");
        }
        catch (Exception e)
        {
            // Not acknowledged: a station that keeps its events delivers this one again after it reconnected.
            published.CloseConnection = true;
            logger.LogError(e, "An event of station {Station} could not be taken", published.UserName);
        }
    }

    private async Task TakeAsync(InterceptingPublishEventArgs published, JsonValue message, bool isEvent)
    {
        var link = published.SessionItems[LinkItem] as MqttStationLink;
        if (!isEvent)
        {
            if (link?.Replied(message) != true)
                logger.LogDebug("Station {Station} answered a command that nobody waits for", published.UserName);
            return;
        }

        var problems = await StationWatch.TakeAsync(
            published.UserName, () => events.TakeAsync(published.UserName, link?.LinkId ?? published.ClientId, message));
        if (problems.Count > 0)
            Refuse(published, MqttPubAckReasonCode.PayloadFormatInvalid, string.Join(' ', problems));
    }

    private void Refuse(InterceptingPublishEventArgs published, MqttPubAckReasonCode code, string reason)
    {
        published.Response.ReasonCode = code;
        published.Response.ReasonString = reason;
        logger.LogWarning("A message of station {Station} was refused: {Reason}", published.UserName, reason);
    }

    private Task SendAsync(string stationId, JsonValue message)
    {
        var payload = message.ToUtf8();
        talk.Note(stationId, sent: true, payload);
        return _broker!.InjectApplicationMessage(new InjectedMqttApplicationMessage(new MQTTnet.MqttApplicationMessage
        {
            Topic = new MqttTopics(stationId).Commands,
            PayloadSegment = payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        })
        { SenderClientId = MqttSeats.Broker });
    }

    private Task CloseAsync(string clientId, string reason)
    {
        logger.LogInformation("Closing MQTT client {Client}: {Reason}", clientId, reason);
        return _broker!.DisconnectClientAsync(clientId, MqttDisconnectReasonCode.SessionTakenOver);
    }
}
