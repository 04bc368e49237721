using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;

namespace Voltwright.Gateway.Ocpp.V16;

/// <summary>Every action that a 1.6 station may call, and who serves it.</summary>
public static class Actions
{
    public static HandlerTable<OcppStation> Table { get; } = new HandlerTable<OcppStation>(Ocpp16.Protocol)
        .On<AuthorizeRequest, AuthorizeResponse>(Authorize.HandleAsync)
        .On<BootNotificationRequest, BootNotificationResponse>(BootNotification.HandleAsync)
        .On<DataTransferRequest, DataTransferResponse>(DataTransfer.HandleAsync)
        .On<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>(DiagnosticsStatusNotification.HandleAsync)
        .On<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(FirmwareStatusNotification.HandleAsync)
        .On<HeartbeatRequest, HeartbeatResponse>(Heartbeat.HandleAsync)
        .On<LogStatusNotificationRequest, LogStatusNotificationResponse>(LogStatusNotification.HandleAsync)
        .On<MeterValuesRequest, MeterValuesResponse>(MeterValues.HandleAsync)
        .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(SecurityEventNotification.HandleAsync)
        .On<SignCertificateRequest, SignCertificateResponse>(SignCertificate.HandleAsync)
        .On<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>(SignedFirmwareStatusNotification.HandleAsync)
        .On<StartTransactionRequest, StartTransactionResponse>(StartTransaction.HandleAsync)
        .On<StatusNotificationRequest, StatusNotificationResponse>(StatusNotification.HandleAsync)
        .On<StopTransactionRequest, StopTransactionResponse>(StopTransaction.HandleAsync);

    public static OcppHandler For(OcppStation station) => Guard.Before(Table, station);
}
