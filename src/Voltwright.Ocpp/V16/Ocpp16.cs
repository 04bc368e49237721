using static Voltwright.Ocpp.V16.FeatureProfile;
using static Voltwright.Ocpp.Sender;

namespace Voltwright.Ocpp.V16;

/// <summary>
/// OCPP 1.6J with the messages of its security whitepaper: every action, who sends it, which feature profile it belongs to.
/// </summary>
public static class Ocpp16
{
    public static OcppProtocol Protocol { get; } = new(OcppVersion.V16, V16Json.Default.Options,
    [
        Row<AuthorizeRequest, AuthorizeResponse>(Station, Core),
        Row<BootNotificationRequest, BootNotificationResponse>(Station, Core),
        Row<CancelReservationRequest, CancelReservationResponse>(ManagementSystem, Reservation),
        Row<CertificateSignedRequest, CertificateSignedResponse>(ManagementSystem, Security),
        Row<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(ManagementSystem, Core),
        Row<ChangeConfigurationRequest, ChangeConfigurationResponse>(ManagementSystem, Core),
        Row<ClearCacheRequest, ClearCacheResponse>(ManagementSystem, Core),
        Row<ClearChargingProfileRequest, ClearChargingProfileResponse>(ManagementSystem, SmartCharging),
        Row<DataTransferRequest, DataTransferResponse>(Either, Core),
        Row<DeleteCertificateRequest, DeleteCertificateResponse>(ManagementSystem, Security),
        Row<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>(Station, Firmware),
        Row<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>(ManagementSystem, Security),
        Row<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(Station, Firmware),
        Row<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(ManagementSystem, SmartCharging),
        Row<GetConfigurationRequest, GetConfigurationResponse>(ManagementSystem, Core),
        Row<GetDiagnosticsRequest, GetDiagnosticsResponse>(ManagementSystem, Firmware),
        Row<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(ManagementSystem, Security),
        Row<GetLocalListVersionRequest, GetLocalListVersionResponse>(ManagementSystem, LocalAuthList),
        Row<GetLogRequest, GetLogResponse>(ManagementSystem, Security),
        Row<HeartbeatRequest, HeartbeatResponse>(Station, Core),
        Row<InstallCertificateRequest, InstallCertificateResponse>(ManagementSystem, Security),
        Row<LogStatusNotificationRequest, LogStatusNotificationResponse>(Station, Security),
        Row<MeterValuesRequest, MeterValuesResponse>(Station, Core),
        Row<RemoteStartTransactionRequest, RemoteStartTransactionResponse>(ManagementSystem, Core),
        Row<RemoteStopTransactionRequest, RemoteStopTransactionResponse>(ManagementSystem, Core),
        Row<ReserveNowRequest, ReserveNowResponse>(ManagementSystem, Reservation),
        Row<ResetRequest, ResetResponse>(ManagementSystem, Core),
        Row<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(Station, Security),
        Row<SendLocalListRequest, SendLocalListResponse>(ManagementSystem, LocalAuthList),
        Row<SetChargingProfileRequest, SetChargingProfileResponse>(ManagementSystem, SmartCharging),
        Row<SignCertificateRequest, SignCertificateResponse>(Station, Security),
        Row<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>(Station, Security),
        Row<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse>(ManagementSystem, Security),
        Row<StartTransactionRequest, StartTransactionResponse>(Station, Core),
        Row<StatusNotificationRequest, StatusNotificationResponse>(Station, Core),
        Row<StopTransactionRequest, StopTransactionResponse>(Station, Core),
        Row<TriggerMessageRequest, TriggerMessageResponse>(ManagementSystem, RemoteTrigger),
        Row<UnlockConnectorRequest, UnlockConnectorResponse>(ManagementSystem, Core),
        Row<UpdateFirmwareRequest, UpdateFirmwareResponse>(ManagementSystem, Firmware),
    ]);

    static OcppMessage Row<TRequest, TResponse>(Sender sender, FeatureProfile profile) where TRequest : IOcppRequest<TResponse> =>
        OcppMessage.Of<TRequest, TResponse>(OcppVersion.V16, sender, profile.ToString());
}
