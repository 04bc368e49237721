using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Cluster;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>The life of an OCPP connection: who is it, which version, then the conversation until one of the two hangs up.</summary>
public sealed class OcppGateway(
    GatewayOptions options, StationLookup stations, OcppSources sources, StationLinks links, AuthenticationThrottle throttle,
    StationTalk talk, UndeliveredWishes wishes, TimeProvider time, ThisNode node, IHostApplicationLifetime lifetime, ILogger<OcppGateway> logger)
{
    public async Task ServeAsync(HttpContext context, string stationId)
    {
        var edition = OcppEdition.Choose(context.WebSockets.WebSocketRequestedProtocols);
        if (await RefusalOfAsync(context, stationId, edition) is { } refusal)
        {
            logger.LogWarning("Station {Station} at {Address} was refused: {Reason}", stationId, AddressOf(context), refusal.Detail);
            await refusal.WriteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = edition!.Protocol.Subprotocol,
            KeepAliveInterval = options.PingInterval,
            KeepAliveTimeout = options.PingInterval,
            // Deflate costs a quarter of a megabyte per connection and saves little on messages this short.
            DangerousEnableCompression = false,
        });
        await ConverseAsync(socket, stationId, edition, new Uri($"{context.Request.Scheme}://{context.Request.Host}"));
    }

    private async Task<HandshakeRefusal?> RefusalOfAsync(HttpContext context, string stationId, OcppEdition? edition)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return HandshakeRefusal.NoWebSocket;
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HandshakeRefusal.Draining;
        var address = AddressOf(context);
        if (throttle.IsPaused(stationId, address))
            return HandshakeRefusal.TooManyAttempts;
        var (admitted, reason) = await AuthenticateAsync(context, stationId, address, edition);
        if (!admitted)
        {
            throttle.Failed(stationId, address);
            return HandshakeRefusal.Unauthorized(reason);
        }

        throttle.Succeeded(stationId, address);
        return edition is null ? HandshakeRefusal.NoCommonVersion(context.WebSockets.WebSocketRequestedProtocols) : null;
    }

    private async Task<(bool Admitted, string Reason)> AuthenticateAsync(
        HttpContext context, string stationId, string address, OcppEdition? edition)
    {
        if (!Station.IsValidId(stationId) || OcppCredentials.Read(context.Request.Headers.Authorization, stationId) is not { } credentials)
            return (false, "The credentials must be HTTP basic with the station's id as the user.");
        var admission = await stations(stationId).Authenticate(new Introduction(
            edition?.Protocol.Subprotocol ?? Subprotocols.Ocpp16, address, credentials.Secret, context.Request.IsHttps,
            context.Connection.ClientCertificate?.RawData));
        return (admission.Admitted, $"{admission.Reason} {admission.Remedy}".TrimEnd());
    }

    private async Task ConverseAsync(
        System.Net.WebSockets.WebSocket socket, string stationId, OcppEdition edition, Uri serverAddress)
    {
        var grain = stations(stationId);
        var station = new OcppStation(stationId, node.NewLinkId(), grain, options, time) { Sources = sources };
        var strikes = new Strikes(options.MalformedMessagesTolerated, time);
        var firstWords = new FirstWords(stationId, wishes);
        OcppPeer? peer = null;
        var peerOptions = new PeerOptions
        {
            CallTimeout = options.CommandTimeout,
            MaxMessageBytes = options.MaxMessageBytes,
            MaxWaitingCalls = options.CommandsInLine,
            ObserveFailure = (action, failure) => logger.LogError(failure, "{Action} of station {Station} failed", action, stationId),
            Observe = (direction, message) =>
            {
                talk.Note(stationId, direction == FrameDirection.Sent, message.Span);
                firstWords.Observe(direction, message.Span);
                if (direction == FrameDirection.Sent && strikes.Count(message.Span))
                    peer!.Abort("Too many malformed messages.");
            },
        };
        peer = new OcppPeer(socket, edition.Protocol, StationWatch.Watched(edition.Serve(station), stationId, edition.Protocol), peerOptions, time);
        await using (peer)
        {
            var link = edition.Link(station, peer, serverAddress);
            station.Link = link;
            var older = links.Add(link);
            using var hungUp = new CancellationTokenSource();
            try
            {
                await grain.Connected(station.LinkId, edition.Protocol.Subprotocol);
                _ = firstWords.DeliverAsync(options.FirstWordsWithin, time, hungUp.Token);
                var farewell = older?.CloseAsync("A newer connection of this station took its place.") ?? Task.CompletedTask;
                using var stopping = lifetime.ApplicationStopping.Register(
                    () => _ = peer.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, "The server stops."));
                var closing = await peer.RunAsync();
                logger.LogInformation("Station {Station} hung up: {Closing}", stationId, closing);
                await farewell;
            }
            finally
            {
                await hungUp.CancelAsync();
                links.Remove(link);
                await grain.Disconnected(station.LinkId);
            }
        }
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
