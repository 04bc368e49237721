using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltwright.Ocpp.Payloads;
using static Voltwright.Ocpp.Sender;
using static Voltwright.Ocpp.V201.FunctionalBlock;

namespace Voltwright.Ocpp.V201;

/// <summary>
/// OCPP 2.0.1: every action, who sends it, which functional block it belongs to. 2.1 has all of them, with more fields: the records
/// hold the fields of both, and each version reads and writes its own.
/// </summary>
public static class Ocpp201
{
    public static OcppProtocol Protocol { get; } =
        new(OcppVersion.V201, Only201(V201Json.Default), MessagesIn(OcppVersion.V201));

    internal static IReadOnlyList<OcppMessage> MessagesIn(OcppVersion version)
    {
        return
        [
            Row<AuthorizeRequest, AuthorizeResponse>(Station, Authorization),
            Row<BootNotificationRequest, BootNotificationResponse>(Station, Provisioning),
            Row<CancelReservationRequest, CancelReservationResponse>(ManagementSystem, Reservation),
            Row<CertificateSignedRequest, CertificateSignedResponse>(ManagementSystem, Security),
            Row<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(ManagementSystem, Availability),
            Row<ClearCacheRequest, ClearCacheResponse>(ManagementSystem, Authorization),
            Row<ClearChargingProfileRequest, ClearChargingProfileResponse>(ManagementSystem, SmartCharging),
            Row<ClearDisplayMessageRequest, ClearDisplayMessageResponse>(ManagementSystem, DisplayMessage),
            Row<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>(ManagementSystem, Diagnostics),
            Row<ClearedChargingLimitRequest, ClearedChargingLimitResponse>(Station, SmartCharging),
            Row<CostUpdatedRequest, CostUpdatedResponse>(ManagementSystem, TariffAndCost),
            Row<CustomerInformationRequest, CustomerInformationResponse>(ManagementSystem, Diagnostics),
            Row<DataTransferRequest, DataTransferResponse>(Either, DataTransfer),
            Row<DeleteCertificateRequest, DeleteCertificateResponse>(ManagementSystem, CertificateManagement),
            Row<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(Station, FirmwareManagement),
            Row<Get15118EVCertificateRequest, Get15118EVCertificateResponse>(Station, CertificateManagement),
            Row<GetBaseReportRequest, GetBaseReportResponse>(ManagementSystem, Provisioning),
            Row<GetCertificateStatusRequest, GetCertificateStatusResponse>(Station, CertificateManagement),
            Row<GetChargingProfilesRequest, GetChargingProfilesResponse>(ManagementSystem, SmartCharging),
            Row<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(ManagementSystem, SmartCharging),
            Row<GetDisplayMessagesRequest, GetDisplayMessagesResponse>(ManagementSystem, DisplayMessage),
            Row<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(ManagementSystem, CertificateManagement),
            Row<GetLocalListVersionRequest, GetLocalListVersionResponse>(ManagementSystem, LocalAuthorizationList),
            Row<GetLogRequest, GetLogResponse>(ManagementSystem, Diagnostics),
            Row<GetMonitoringReportRequest, GetMonitoringReportResponse>(ManagementSystem, Diagnostics),
            Row<GetReportRequest, GetReportResponse>(ManagementSystem, Provisioning),
            Row<GetTransactionStatusRequest, GetTransactionStatusResponse>(ManagementSystem, Transactions),
            Row<GetVariablesRequest, GetVariablesResponse>(ManagementSystem, Provisioning),
            Row<HeartbeatRequest, HeartbeatResponse>(Station, Availability),
            Row<InstallCertificateRequest, InstallCertificateResponse>(ManagementSystem, CertificateManagement),
            Row<LogStatusNotificationRequest, LogStatusNotificationResponse>(Station, Diagnostics),
            Row<MeterValuesRequest, MeterValuesResponse>(Station, MeterValues),
            Row<NotifyChargingLimitRequest, NotifyChargingLimitResponse>(Station, SmartCharging),
            Row<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>(Station, Diagnostics),
            Row<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>(Station, DisplayMessage),
            Row<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>(Station, SmartCharging),
            Row<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>(Station, SmartCharging),
            Row<NotifyEventRequest, NotifyEventResponse>(Station, Diagnostics),
            Row<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>(Station, Diagnostics),
            Row<NotifyReportRequest, NotifyReportResponse>(Station, Provisioning),
            Row<PublishFirmwareRequest, PublishFirmwareResponse>(ManagementSystem, FirmwareManagement),
            Row<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>(Station, FirmwareManagement),
            Row<ReportChargingProfilesRequest, ReportChargingProfilesResponse>(Station, SmartCharging),
            Row<RequestStartTransactionRequest, RequestStartTransactionResponse>(ManagementSystem, RemoteControl),
            Row<RequestStopTransactionRequest, RequestStopTransactionResponse>(ManagementSystem, RemoteControl),
            Row<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>(Station, Reservation),
            Row<ReserveNowRequest, ReserveNowResponse>(ManagementSystem, Reservation),
            Row<ResetRequest, ResetResponse>(ManagementSystem, Provisioning),
            Row<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(Station, Security),
            Row<SendLocalListRequest, SendLocalListResponse>(ManagementSystem, LocalAuthorizationList),
            Row<SetChargingProfileRequest, SetChargingProfileResponse>(ManagementSystem, SmartCharging),
            Row<SetDisplayMessageRequest, SetDisplayMessageResponse>(ManagementSystem, DisplayMessage),
            Row<SetMonitoringBaseRequest, SetMonitoringBaseResponse>(ManagementSystem, Diagnostics),
            Row<SetMonitoringLevelRequest, SetMonitoringLevelResponse>(ManagementSystem, Diagnostics),
            Row<SetNetworkProfileRequest, SetNetworkProfileResponse>(ManagementSystem, Provisioning),
            Row<SetVariableMonitoringRequest, SetVariableMonitoringResponse>(ManagementSystem, Diagnostics),
            Row<SetVariablesRequest, SetVariablesResponse>(ManagementSystem, Provisioning),
            Row<SignCertificateRequest, SignCertificateResponse>(Station, Security),
            Row<StatusNotificationRequest, StatusNotificationResponse>(Station, Availability),
            Row<TransactionEventRequest, TransactionEventResponse>(Station, Transactions),
            Row<TriggerMessageRequest, TriggerMessageResponse>(ManagementSystem, RemoteControl),
            Row<UnlockConnectorRequest, UnlockConnectorResponse>(ManagementSystem, RemoteControl),
            Row<UnpublishFirmwareRequest, UnpublishFirmwareResponse>(ManagementSystem, FirmwareManagement),
            Row<UpdateFirmwareRequest, UpdateFirmwareResponse>(ManagementSystem, FirmwareManagement),
        ];

        OcppMessage Row<TRequest, TResponse>(Sender sender, FunctionalBlock block) where TRequest : IOcppRequest<TResponse> =>
            OcppMessage.Of<TRequest, TResponse>(version, sender, block.ToString());
    }

    static JsonSerializerOptions Only201(V201Json json) =>
        new(json.Options) { TypeInfoResolver = json.WithAddedModifier(WithoutLaterFields) };

    static void WithoutLaterFields(JsonTypeInfo type)
    {
        foreach (var field in type.Properties.Where(field => field.AttributeProvider?.IsDefined(typeof(Since21Attribute), false) == true))
            field.ShouldSerialize = (_, _) => false;
    }
}
