using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Voltwright.Gateway.Ocpp.V16;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Stations;

namespace Voltwright.Gateway.Ocpp;

/// <summary>The life of an OCPP connection: who is it, which version, then the conversation until one of the two hangs up.</summary>
public sealed class OcppGateway(
    GatewayOptions options, StationLookup stations, StationLinks links, AuthenticationThrottle throttle, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<OcppGateway> logger)
{
    public async Task ServeAsync(HttpContext context, string stationId)
    {
        if (await RefusalOfAsync(context, stationId) is { } refusal)
        {
            logger.LogWarning("Station {Station} at {Address} was refused: {Reason}", stationId, AddressOf(context), refusal.Detail);
            await refusal.WriteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Subprotocols.Ocpp16,
            KeepAliveInterval = options.PingInterval,
            KeepAliveTimeout = options.PingInterval,
            // Deflate costs a quarter of a megabyte per connection and saves little on messages this short.
            DangerousEnableCompression = false,
        });
        await ConverseAsync(socket, stationId);
    }

    private async Task<HandshakeRefusal?> RefusalOfAsync(HttpContext context, string stationId)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return HandshakeRefusal.NoWebSocket;
        var address = AddressOf(context);
        if (throttle.IsPaused(stationId, address))
            return HandshakeRefusal.TooManyAttempts;
        var (admitted, reason) = await AuthenticateAsync(context, stationId, address);
        if (!admitted)
        {
            throttle.Failed(stationId, address);
            return HandshakeRefusal.Unauthorized(reason);
        }

        throttle.Succeeded(stationId, address);
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        return offered.Contains(Subprotocols.Ocpp16) ? null : HandshakeRefusal.NoCommonVersion(offered);
    }

    private async Task<(bool Admitted, string Reason)> AuthenticateAsync(HttpContext context, string stationId, string address)
    {
        if (!Station.IsValidId(stationId) || OcppCredentials.Read(context.Request.Headers.Authorization, stationId) is not { } credentials)
            return (false, "The credentials must be HTTP basic with the station's id as the user.");
        var admission = await stations(stationId).Authenticate(credentials.Secret, Subprotocols.Ocpp16, address);
        return (admission.Admitted, $"{admission.Reason} {admission.Remedy}".TrimEnd());
    }

    private async Task ConverseAsync(System.Net.WebSockets.WebSocket socket, string stationId)
    {
        var grain = stations(stationId);
        var linkId = Guid.NewGuid().ToString("N");
        var strikes = new Strikes(options.MalformedMessagesTolerated, time);
        OcppPeer? peer = null;
        var peerOptions = new PeerOptions
        {
            CallTimeout = options.CommandTimeout,
            MaxMessageBytes = options.MaxMessageBytes,
            MaxWaitingCalls = options.CommandsInLine,
            ObserveFailure = (action, failure) => logger.LogError(failure, "{Action} of station {Station} failed", action, stationId),
            Observe = (direction, message) =>
            {
                if (direction == FrameDirection.Sent && strikes.Count(message.Span))
                    peer!.Abort("Too many malformed messages.");
            },
        };
        peer = new OcppPeer(
            socket, Ocpp16.Protocol, Actions.For(new OcppStation(stationId, linkId, grain, options, time)), peerOptions, time);
        await using (peer)
        {
            var link = new OcppStationLink(stationId, linkId, peer, options);
            var older = links.Add(link);
            try
            {
                await grain.Connected(linkId, Subprotocols.Ocpp16);
                var farewell = older?.CloseAsync("A newer connection of this station took its place.") ?? Task.CompletedTask;
                using var stopping = lifetime.ApplicationStopping.Register(
                    () => _ = peer.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, "The server stops."));
                var closing = await peer.RunAsync();
                logger.LogInformation("Station {Station} hung up: {Closing}", stationId, closing);
                await farewell;
            }
            finally
            {
                links.Remove(link);
                await grain.Disconnected(linkId);
            }
        }
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
