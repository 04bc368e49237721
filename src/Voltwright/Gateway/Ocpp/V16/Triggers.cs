using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Which message of 1.6 a trigger asks for; the security whitepaper has its own request for its own messages.</summary>
internal static class Triggers
{
    public static Task<CommandOutcome> TriggerAsync(this OcppStationLink link, StationCommand.Trigger command, CancellationToken cancellation) =>
        command.Message switch
        {
            "boot" => Plain(link, MessageTrigger.BootNotification, command.Slot, cancellation),
            "heartbeat" => Plain(link, MessageTrigger.Heartbeat, command.Slot, cancellation),
            "status" => Plain(link, MessageTrigger.StatusNotification, command.Slot, cancellation),
            "meter-values" => Plain(link, MessageTrigger.MeterValues, command.Slot, cancellation),
            "firmware-status" => Plain(link, MessageTrigger.FirmwareStatusNotification, command.Slot, cancellation),
            "diagnostics-status" => Plain(link, MessageTrigger.DiagnosticsStatusNotification, command.Slot, cancellation),
            "log-status" => Extended(link, ExtendedMessageTrigger.LogStatusNotification, command.Slot, cancellation),
            StationCommand.Trigger.CertificateRequest =>
                Extended(link, ExtendedMessageTrigger.SignChargePointCertificate, command.Slot, cancellation),
            _ => Task.FromResult<CommandOutcome>(new CommandOutcome.Unsupported($"OCPP 1.6 stations cannot be asked for '{command.Message}'.")),
        };

    private static Task<CommandOutcome> Plain(OcppStationLink link, MessageTrigger message, int? slot, CancellationToken cancellation) =>
        link.CallAsync(
            new TriggerMessageRequest { RequestedMessage = message, ConnectorId = slot },
            r => r.Status == TriggerMessageStatus.NotImplemented ? Unknown(message) : OcppStationLink.Judge(r.Status),
            cancellation);

    private static Task<CommandOutcome> Extended(
        OcppStationLink link, ExtendedMessageTrigger message, int? slot, CancellationToken cancellation) => link.CallAsync(
        new ExtendedTriggerMessageRequest { RequestedMessage = message, ConnectorId = slot },
        r => r.Status == ExtendedTriggerMessageStatus.NotImplemented ? Unknown(message) : OcppStationLink.Judge(r.Status),
        cancellation);

    private static CommandOutcome.Unsupported Unknown<T>(T message)
        where T : struct, Enum => new($"The station does not send {message} on request.");
}
