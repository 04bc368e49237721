using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;

namespace Voltwright.Simulator.Ocpp;

/// <summary>Sends a message because it was asked for. OCPP 1.6 §5.17, security whitepaper §5.5.</summary>
static class Triggers
{
    public static Task<TriggerMessageResponse> HandleAsync(
        OcppStation station, TriggerMessageRequest request, CancellationToken cancellation)
    {
        if (request.ConnectorId is { } number && station.Connector(number) is null)
            return Task.FromResult(new TriggerMessageResponse { Status = TriggerMessageStatus.Rejected });
        Action send = request.RequestedMessage switch
        {
            MessageTrigger.BootNotification => () => station.Send(station.BootNotification()),
            MessageTrigger.Heartbeat => () => station.Send(new HeartbeatRequest()),
            MessageTrigger.StatusNotification => () => SendStatus(station, request.ConnectorId),
            MessageTrigger.MeterValues => () => SendMeter(station, request.ConnectorId),
            MessageTrigger.DiagnosticsStatusNotification => () =>
                station.Send(new DiagnosticsStatusNotificationRequest { Status = DiagnosticsStatus.Idle }),
            _ => () => station.Send(new FirmwareStatusNotificationRequest { Status = FirmwareStatus.Idle }),
        };
        station.Later(send);
        return Task.FromResult(new TriggerMessageResponse { Status = TriggerMessageStatus.Accepted });
    }

    public static Task<ExtendedTriggerMessageResponse> HandleExtendedAsync(
        OcppStation station, ExtendedTriggerMessageRequest request, CancellationToken cancellation)
    {
        Action send = request.RequestedMessage switch
        {
            ExtendedMessageTrigger.BootNotification => () => station.Send(station.BootNotification()),
            ExtendedMessageTrigger.Heartbeat => () => station.Send(new HeartbeatRequest()),
            ExtendedMessageTrigger.StatusNotification => () => SendStatus(station, request.ConnectorId),
            ExtendedMessageTrigger.MeterValues => () => SendMeter(station, request.ConnectorId),
            ExtendedMessageTrigger.LogStatusNotification => () =>
                station.Send(new LogStatusNotificationRequest { Status = UploadLogStatus.Idle }),
            ExtendedMessageTrigger.FirmwareStatusNotification => () =>
                station.Send(new SignedFirmwareStatusNotificationRequest { Status = SignedFirmwareStatus.Idle }),
            _ => () => station.Send(new SignCertificateRequest { Csr = station.Keyring.Request(station.Id) }),
        };
        station.Later(send);
        return Task.FromResult(new ExtendedTriggerMessageResponse { Status = ExtendedTriggerMessageStatus.Accepted });
    }

    static void SendStatus(OcppStation station, int? connector)
    {
        if (connector is { } number) station.NotifyOne(station.Connector(number)!);
        else station.NotifyAll();
    }

    static void SendMeter(OcppStation station, int? only)
    {
        foreach (var connector in station.Connectors.Where(candidate => only is null || candidate.Number == only))
        {
            if (connector.Transaction is { } transaction) station.SendMeterValues(connector, transaction, ReadingContext.Trigger);
            else station.SendRegister(connector);
        }
    }
}
