using System.Globalization;
using Voltwright.Gateway.Ocpp.V16;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp;

/// <summary>A connected 1.6 station. What 1.6 cannot say is answered as unsupported, once and for all of this connection.</summary>
public sealed class OcppStationLink(OcppStation station, OcppPeer peer, Uri serverAddress) : OcppLink(station, peer, serverAddress)
{
    private volatile bool _knowsNoLeds;

    public override Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) => command switch
    {
        StationCommand.SetLed led => SetLedAsync(led, cancellation),
        StationCommand.LockSlot => Task.FromResult<CommandOutcome>(new CommandOutcome.Unsupported("An OCPP 1.6 station locks by itself.")),
        StationCommand.UnlockSlot c => UnlockAsync(c, cancellation),
        StationCommand.StartCharging c => CallAsync(
            new RemoteStartTransactionRequest { ConnectorId = c.Slot, IdTag = c.CardId }, r => Judge(r.Status), cancellation),
        StationCommand.StopCharging c => StopAsync(c, cancellation),
        StationCommand.ReserveSlot c => Station.Reserving.WhileAsync(c.CardId, () => CallAsync(
            new ReserveNowRequest
            {
                ConnectorId = c.Slot,
                ExpiryDate = c.ExpiresAt,
                IdTag = c.CardId,
                ParentIdTag = IdTags.ParentOf(c.GroupId),
                ReservationId = c.ReservationId,
            },
            r => Judge(r.Status),
            cancellation)),
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
        StationCommand.ChangeSecret c => this.ChangeSecretAsync(c, cancellation),
        StationCommand.DeliverCertificate c => this.DeliverAsync(c, cancellation),
        StationCommand.InstallCertificate c => this.InstallAsync(c, cancellation),
        StationCommand.DeleteCertificate c => this.DeleteAsync(c, cancellation),
        StationCommand.ListCertificates c => this.ListAsync(c, cancellation),
        StationCommand.SendCardList c => this.SendListAsync(c, cancellation),
        StationCommand.ReadListVersion => this.ReadVersionAsync(cancellation),
        StationCommand.ClearCache => CallAsync(new ClearCacheRequest(), r => Judge(r.Status), cancellation),
        StationCommand.UpdateFirmware c => this.UpdateFirmwareAsync(c, cancellation),
        StationCommand.FetchLog c => this.FetchLogAsync(c, cancellation),
        StationCommand.ReadVariables c => this.ReadAsync(c, cancellation),
        StationCommand.WriteVariable c => this.WriteAsync(c, cancellation),
        StationCommand.SendData c => this.SendDataAsync(c, cancellation),
        StationCommand.SetProfile c => this.SetProfileAsync(c, cancellation),
        StationCommand.ClearProfile c => this.ClearProfileAsync(c, cancellation),
        StationCommand.ReadCompositeSchedule c => this.ComposeAsync(c, cancellation),
        StationCommand.Trigger c => this.TriggerAsync(c, cancellation),
        _ => throw new ArgumentException($"{command.GetType().Name} has no OCPP 1.6 message", nameof(command)),
    };

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

    private static CommandOutcome.Unsupported NoLeds() => new("This OCPP 1.6 station does not know the LED extension.");
}
