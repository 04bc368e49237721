using Voltwright.Jq;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>A connected 2.0.1 or 2.1 station.</summary>
public sealed class Ocpp2Link(OcppStation station, OcppPeer peer, Uri serverAddress) : OcppLink(station, peer, serverAddress)
{
    private readonly DeviceVariables _variables = new(peer, station.Options);

    internal ReportInbox Reports => Station.Reports;

    internal TimeSpan Patience => Station.Options.CommandTimeout;

    internal TimeProvider Time => Station.Time;

    public override Task<CommandOutcome> SendAsync(StationCommand command, CancellationToken cancellation) => command switch
    {
        StationCommand.SetLed led => SetLedAsync(led, cancellation),
        StationCommand.LockSlot c => _variables.SetAsync(Lock(c.Slot), cancellation, ("Active", "true")),
        StationCommand.UnlockSlot c => UnlockAsync(c, cancellation),
        StationCommand.StartCharging c => CallAsync(
            new RequestStartTransactionRequest
            {
                EvseId = c.Slot,
                RemoteStartId = RemoteStarts.NumberOf(c.SessionId),
                IdToken = IdTokens.Of(c.CardId),
            },
            r => Judge(r.Status),
            cancellation),
        StationCommand.StopCharging { TransactionId: { } transaction } =>
            CallAsync(new RequestStopTransactionRequest { TransactionId = transaction }, r => Judge(r.Status), cancellation),
        StationCommand.StopCharging =>
            Task.FromResult<CommandOutcome>(new CommandOutcome.Rejected("No transaction is known for this session.")),
        StationCommand.ReserveSlot c => Station.Reserving.WhileAsync(c.CardId, () => CallAsync(
            new ReserveNowRequest
            {
                Id = c.ReservationId,
                EvseId = c.Slot,
                ExpiryDateTime = c.ExpiresAt,
                IdToken = IdTokens.Of(c.CardId),
                GroupIdToken = IdTokens.GroupOf(c.GroupId),
            },
            r => Judge(r.Status),
            cancellation)),
        StationCommand.CancelReservation c => CallAsync(
            new CancelReservationRequest { ReservationId = c.ReservationId }, r => Judge(r.Status), cancellation),
        StationCommand.SetAvailability c => CallAsync(
            new ChangeAvailabilityRequest
            {
                Evse = c.Slot is { } slot ? new EVSE { Id = slot } : null,
                OperationalStatus = c.Operative ? OperationalStatus.Operative : OperationalStatus.Inoperative,
            },
            r => Judge(r.Status),
            cancellation),
        StationCommand.Reset c => CallAsync(
            new ResetRequest { Type = c.Kind == "hard" ? ResetType.Immediate : ResetType.OnIdle }, r => Judge(r.Status), cancellation),
        StationCommand.ChangeSecret c => _variables.SetAsync(
            new Component { Name = "SecurityCtrlr" }, cancellation, ("BasicAuthPassword", c.Secret)),
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
        _ => throw new ArgumentException($"{command.GetType().Name} has no OCPP 2.x message", nameof(command)),
    };

    /// <summary>The station as a whole has a beacon, a slot its indicator; neither flickers by itself.</summary>
    private async Task<CommandOutcome> SetLedAsync(StationCommand.SetLed command, CancellationToken cancellation)
    {
        var component = int.TryParse(command.Led, out var slot)
            ? new Component { Name = "ChargingStatusIndicator", Evse = new EVSE { Id = slot } }
            : new Component { Name = "BeaconLighting" };
        var active = ("Active", command.Action == "off" ? "false" : "true");
        var set = command.Color is { } color
            ? await _variables.SetAsync(component, cancellation, ("Color", color), active)
            : await _variables.SetAsync(component, cancellation, active);
        return set is CommandOutcome.Accepted && command.Action == "flicker"
            ? new CommandOutcome.Accepted(JsonObject.Of((StationCommand.SetLed.ShownAs, "on")))
            : set;
    }

    private Task<CommandOutcome> UnlockAsync(StationCommand.UnlockSlot command, CancellationToken cancellation) => CallAsync(
        new UnlockConnectorRequest { EvseId = command.Slot, ConnectorId = 1 },
        answer => answer.Status switch
        {
            UnlockStatus.Unlocked => Accept(answer.Status),
            UnlockStatus.OngoingAuthorizedTransaction => new CommandOutcome.Rejected("A transaction is running: it has to end first."),
            UnlockStatus.UnknownConnector => new CommandOutcome.Unsupported("The station knows no such connector."),
            _ => new CommandOutcome.Rejected("The station could not release the cable."),
        },
        cancellation);

    private static Component Lock(int slot) => new() { Name = "ConnectorPlugRetentionLock", Evse = new EVSE { Id = slot, ConnectorId = 1 } };
}
