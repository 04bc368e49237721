using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Voltwright.Jq;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp;

/// <summary>A connected 1.6 station. What 1.6 cannot say is answered as unsupported, once and for all of this connection.</summary>
public sealed class OcppStationLink(string stationId, string linkId, OcppPeer peer, GatewayOptions options) : IStationLink
{
    private volatile bool _knowsNoLeds;

    public string StationId => stationId;

    public string LinkId => linkId;

    public string Protocol => Subprotocols.Ocpp16;

    public Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) => command switch
    {
        StationCommand.SetLed led => SetLedAsync(led, cancellation),
        StationCommand.LockSlot => Task.FromResult<CommandOutcome>(new CommandOutcome.Unsupported("An OCPP 1.6 station locks by itself.")),
        StationCommand.UnlockSlot c => UnlockAsync(c, cancellation),
        StationCommand.StartCharging c => CallAsync(
            new RemoteStartTransactionRequest { ConnectorId = c.Slot, IdTag = c.CardId }, r => Judge(r.Status), cancellation),
        StationCommand.StopCharging c => StopAsync(c, cancellation),
        StationCommand.ReserveSlot c => CallAsync(
            new ReserveNowRequest { ConnectorId = c.Slot, ExpiryDate = c.ExpiresAt, IdTag = c.CardId, ReservationId = c.ReservationId },
            r => Judge(r.Status),
            cancellation),
        StationCommand.CancelReservation c => CallAsync(
            new CancelReservationRequest { ReservationId = c.ReservationId }, r => Judge(r.Status), cancellation),
        StationCommand.SetAvailability c => CallAsync(
            new ChangeAvailabilityRequest
            {
                ConnectorId = c.Slot ?? 0,
                Type = c.Operative ? AvailabilityType.Operative : AvailabilityType.Inoperative,
            },
            r => Judge(r.Status),
            cancellation),
        StationCommand.Reset c => CallAsync(
            new ResetRequest { Type = c.Kind == "hard" ? ResetType.Hard : ResetType.Soft }, r => Judge(r.Status), cancellation),
        _ => throw new ArgumentException($"{command.GetType().Name} has no OCPP 1.6 message", nameof(command)),
    };

    public async Task<CommandOutcome> SendRawAsync(string action, JsonValue payload, CancellationToken cancellation)
    {
        switch (RawCommand.Prepare(peer.Protocol, action, payload))
        {
            case RawCommand.Ready ready:
                var outcome = await peer.CallRawAsync(action, ready.Payload, options.CommandTimeout, cancellation);
                return outcome switch
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

    private async Task<CommandOutcome> SetLedAsync(StationCommand.SetLed command, CancellationToken cancellation)
    {
        if (_knowsNoLeds)
            return NoLeds();
        var asked = new DataTransferRequest
        {
            VendorId = VendorExtension.VendorId,
            MessageId = VendorExtension.SetLed,
            Data = VendorExtension.DataOf(command),
        };
        var outcome = await CallAsync(
            asked,
            answer => answer.Status switch
            {
                DataTransferStatus.Accepted => Accept(answer.Status),
                DataTransferStatus.Rejected => new CommandOutcome.Rejected(answer.Data ?? "The station rejected it."),
                _ => NoLeds(),
            },
            cancellation);
        _knowsNoLeds = outcome is CommandOutcome.Unsupported;
        return outcome;
    }

    private Task<CommandOutcome> UnlockAsync(StationCommand.UnlockSlot command, CancellationToken cancellation) => CallAsync(
        new UnlockConnectorRequest { ConnectorId = command.Slot },
        answer => answer.Status switch
        {
            UnlockStatus.Unlocked => Accept(answer.Status),
            UnlockStatus.NotSupported => new CommandOutcome.Unsupported("The station unlocks by itself."),
            _ => new CommandOutcome.Rejected("The station could not release the cable."),
        },
        cancellation);

    private Task<CommandOutcome> StopAsync(StationCommand.StopCharging command, CancellationToken cancellation) =>
        int.TryParse(command.TransactionId, NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            ? CallAsync(new RemoteStopTransactionRequest { TransactionId = transaction }, r => Judge(r.Status), cancellation)
            : Task.FromResult<CommandOutcome>(new CommandOutcome.Rejected("No transaction is known for this session."));

    private async Task<CommandOutcome> CallAsync<TResponse>(
        IOcppRequest<TResponse> request, Func<TResponse, CommandOutcome> judge, CancellationToken cancellation) =>
        await peer.CallAsync(request, options.CommandTimeout, cancellation) switch
        {
            CallOutcome<TResponse>.Answered answered => judge(answered.Response),
            var failed => Translate(failed),
        };

    private static CommandOutcome Translate<TResponse>(CallOutcome<TResponse> failed) => failed switch
    {
        CallOutcome<TResponse>.Refused { Code: "NotImplemented" or "NotSupported" } refused =>
            new CommandOutcome.Unsupported($"The station answered {refused.Code}: {refused.Description}"),
        CallOutcome<TResponse>.Refused refused => new CommandOutcome.Rejected($"{refused.Code}: {refused.Description}"),
        CallOutcome<TResponse>.TimedOut silent => new CommandOutcome.Silent(silent.After),
        _ => new CommandOutcome.Offline(),
    };

    // In every answer of 1.6 the first status is the consent; Scheduled is one that takes effect later.
    private static CommandOutcome Judge<TStatus>(TStatus status)
        where TStatus : struct, Enum =>
        status.ToString() is "Accepted" or "Scheduled" ? Accept(status) : new CommandOutcome.Rejected($"The station answered {status}.");

    private static CommandOutcome.Accepted Accept<TStatus>(TStatus status)
        where TStatus : struct, Enum => new(JsonObject.Of(("status", status.ToString())));

    private static CommandOutcome.Unsupported NoLeds() => new("This OCPP 1.6 station does not know the LED extension.");
}
