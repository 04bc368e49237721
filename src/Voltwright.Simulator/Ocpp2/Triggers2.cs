using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Sends a message because it was asked for. OCPP 2.0.1 part 2, block F.</summary>
static class Triggers2
{
    public static TriggerMessageResponse Handle(Ocpp2Station station, TriggerMessageRequest request)
    {
        if (request.Evse is { } named && station.Find(named.Id) is null) return new() { Status = TriggerMessageStatus.Rejected };
        var evses = station.Evses.Where(evse => request.Evse is null || request.Evse.Id == evse.Number).ToList();
        Action? send = request.RequestedMessage switch
        {
            MessageTrigger.BootNotification => () => station.Send(station.BootNotification(BootReason.Triggered)),
            MessageTrigger.Heartbeat => () => station.Send(new HeartbeatRequest()),
            MessageTrigger.StatusNotification => () => evses.ForEach(station.NotifyStatus),
            MessageTrigger.MeterValues => () => evses.ForEach(station.SendRegister),
            MessageTrigger.TransactionEvent => () => evses.ForEach(evse => SendTransaction(station, evse)),
            MessageTrigger.LogStatusNotification => () => station.Send(new LogStatusNotificationRequest { Status = UploadLogStatus.Idle }),
            MessageTrigger.FirmwareStatusNotification => () =>
                station.Send(new FirmwareStatusNotificationRequest { Status = FirmwareStatus.Idle }),
            MessageTrigger.SignChargingStationCertificate => () => station.Send(new SignCertificateRequest
            {
                Csr = station.Keyring.Request(station.Id),
                CertificateType = CertificateSigningUse.ChargingStationCertificate,
            }),
            _ => null,
        };
        if (send is not null) station.Later(send);
        return new() { Status = send is null ? TriggerMessageStatus.NotImplemented : TriggerMessageStatus.Accepted };
    }

    static void SendTransaction(Ocpp2Station station, Evse evse)
    {
        if (evse.Transaction is { } transaction) station.TellMeter(evse, transaction, TriggerReason.Trigger, ReadingContext.Trigger);
    }
}
