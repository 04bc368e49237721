using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Which message of 2.x a trigger asks for.</summary>
internal static class Triggers
{
    public static Task<CommandOutcome> TriggerAsync(
        this Ocpp2Link link, StationCommand.Trigger command, CancellationToken cancellation)
    {
        if (MessageOf(command.Message) is not { } message)
        {
            return Task.FromResult<CommandOutcome>(
                new CommandOutcome.Unsupported($"OCPP 2.x stations cannot be asked for '{command.Message}'."));
        }

        return link.CallAsync(
            new TriggerMessageRequest { RequestedMessage = message, Evse = PlaceOf(message, command.Slot) },
            r => r.Status == TriggerMessageStatus.NotImplemented
                ? new CommandOutcome.Unsupported($"The station does not send {message} on request.")
                : OcppLink.Judge(r.Status),
            cancellation);
    }

    private static MessageTrigger? MessageOf(string message) => message switch
    {
        "boot" => MessageTrigger.BootNotification,
        "heartbeat" => MessageTrigger.Heartbeat,
        "status" => MessageTrigger.StatusNotification,
        "meter-values" => MessageTrigger.MeterValues,
        "firmware-status" => MessageTrigger.FirmwareStatusNotification,
        "log-status" => MessageTrigger.LogStatusNotification,
        StationCommand.Trigger.CertificateRequest => MessageTrigger.SignChargingStationCertificate,
        StationCommand.Trigger.V2gCertificateRequest => MessageTrigger.SignV2GCertificate,
        _ => null,
    };

    // A status is that of a connector; every EVSE has a first one.
    private static EVSE? PlaceOf(MessageTrigger message, int? slot) => slot is not { } number ? null
        : new EVSE { Id = number, ConnectorId = message == MessageTrigger.StatusNotification ? 1 : null };
}
