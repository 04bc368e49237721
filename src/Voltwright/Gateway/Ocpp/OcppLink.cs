using System.Net.WebSockets;
using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;

namespace Voltwright.Gateway.Ocpp;

/// <summary>A connected station that speaks some version of OCPP: what all versions share. Each version says how it puts a command.</summary>
public abstract class OcppLink(OcppStation station, OcppPeer peer, Uri serverAddress) : IStationLink
{
    /// <summary>What the handlers of this connection work with.</summary>
    protected OcppStation Station => station;

    public string StationId => station.Id;

    public string LinkId => station.LinkId;

    public string Protocol => peer.Protocol.Subprotocol;

    public TimeSpan? Silence => peer.Silence;

    public Uri? ServerAddress => serverAddress;

    public abstract Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation);

    public async Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation)
    {
        switch (RawCommand.Prepare(peer.Protocol, action, payload))
        {
            case RawCommand.Ready ready:
                station.RawStarts.Note(action, payload);
                var card = action == "ReserveNow" ? RawStarts.CardIn(payload) : null;
                return await station.Reserving.WhileAsync(
                    card, () => peer.CallRawAsync(action, ready.Payload, station.Options.CommandTimeout, cancellation)) switch
                {
                    CallOutcome<JsonElement>.Answered answered =>
                        new CommandOutcome.Accepted(JsonValue.Parse(answered.Response.GetRawText())),
                    var failed => Translate(failed),
                };
            case RawCommand.Wrong wrong:
                return new CommandOutcome.Malformed(wrong.Problems);
            default:
                return new CommandOutcome.Unsupported($"{peer.Protocol.Subprotocol} has no command '{action}' for stations.");
        }
    }

    public Task CloseAsync(string reason) => peer.CloseAsync(WebSocketCloseStatus.NormalClosure, reason);

    internal async Task<CommandOutcome> CallAsync<TResponse>(
        IOcppRequest<TResponse> request, Func<TResponse, CommandOutcome> judge, CancellationToken cancellation) =>
        await peer.CallAsync(request, station.Options.CommandTimeout, cancellation) switch
        {
            CallOutcome<TResponse>.Answered answered => judge(answered.Response),
            var failed => Translate(failed),
        };

    // In every answer the first status is the consent; Scheduled is one that takes effect later.
    internal static CommandOutcome Judge<TStatus>(TStatus status)
        where TStatus : struct, Enum =>
        status.ToString() is "Accepted" or "Scheduled" ? Accept(status) : new CommandOutcome.Rejected($"The station answered {status}.");

    internal static CommandOutcome.Accepted Accept<TStatus>(TStatus status)
        where TStatus : struct, Enum => new(JsonObject.Of(("status", status.ToString())));

    private static CommandOutcome Translate<TResponse>(CallOutcome<TResponse> failed) => failed switch
    {
        CallOutcome<TResponse>.Refused { Code: "NotImplemented" or "NotSupported" } refused =>
            new CommandOutcome.Unsupported($"The station answered {refused.Code}: {refused.Description}"),
        CallOutcome<TResponse>.Refused refused => new CommandOutcome.Rejected($"{refused.Code}: {refused.Description}"),
        CallOutcome<TResponse>.TimedOut silent => new CommandOutcome.Silent(silent.After),
        _ => new CommandOutcome.Offline(),
    };
}
