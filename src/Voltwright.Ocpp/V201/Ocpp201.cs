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

    internal static IReadOnlyList<OcppMessage> MessagesIn(OcppVersion version) =>
    [
        Row<AuthorizeRequest, AuthorizeResponse>(version, Station, Authorization),
        Row<BootNotificationRequest, BootNotificationResponse>(version, Station, Provisioning),
        Row<CancelReservationRequest, CancelReservationResponse>(version, ManagementSystem, Reservation),
        Row<CertificateSignedRequest, CertificateSignedResponse>(version, ManagementSystem, Security),
        Row<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(version, ManagementSystem, Availability),
        Row<ClearCacheRequest, ClearCacheResponse>(version, ManagementSystem, Authorization),
        Row<ClearChargingProfileRequest, ClearChargingProfileResponse>(version, ManagementSystem, SmartCharging),
        Row<ClearDisplayMessageRequest, ClearDisplayMessageResponse>(version, ManagementSystem, DisplayMessage),
        Row<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>(version, ManagementSystem, Diagnostics),
        Row<ClearedChargingLimitRequest, ClearedChargingLimitResponse>(version, Station, SmartCharging),
        Row<CostUpdatedRequest, CostUpdatedResponse>(version, ManagementSystem, TariffAndCost),
        Row<CustomerInformationRequest, CustomerInformationResponse>(version, ManagementSystem, Diagnostics),
        Row<DataTransferRequest, DataTransferResponse>(version, Either, DataTransfer),
        Row<DeleteCertificateRequest, DeleteCertificateResponse>(version, ManagementSystem, CertificateManagement),
        Row<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(version, Station, FirmwareManagement),
        Row<Get15118EVCertificateRequest, Get15118EVCertificateResponse>(version, Station, CertificateManagement),
        Row<GetBaseReportRequest, GetBaseReportResponse>(version, ManagementSystem, Provisioning),
        Row<GetCertificateStatusRequest, GetCertificateStatusResponse>(version, Station, CertificateManagement),
        Row<GetChargingProfilesRequest, GetChargingProfilesResponse>(version, ManagementSystem, SmartCharging),
        Row<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(version, ManagementSystem, SmartCharging),
        Row<GetDisplayMessagesRequest, GetDisplayMessagesResponse>(version, ManagementSystem, DisplayMessage),
        Row<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(version, ManagementSystem, CertificateManagement),
        Row<GetLocalListVersionRequest, GetLocalListVersionResponse>(version, ManagementSystem, LocalAuthorizationList),
        Row<GetLogRequest, GetLogResponse>(version, ManagementSystem, Diagnostics),
        Row<GetMonitoringReportRequest, GetMonitoringReportResponse>(version, ManagementSystem, Diagnostics),
        Row<GetReportRequest, GetReportResponse>(version, ManagementSystem, Provisioning),
        Row<GetTransactionStatusRequest, GetTransactionStatusResponse>(version, ManagementSystem, Transactions),
        Row<GetVariablesRequest, GetVariablesResponse>(version, ManagementSystem, Provisioning),
        Row<HeartbeatRequest, HeartbeatResponse>(version, Station, Availability),
        Row<InstallCertificateRequest, InstallCertificateResponse>(version, ManagementSystem, CertificateManagement),
        Row<LogStatusNotificationRequest, LogStatusNotificationResponse>(version, Station, Diagnostics),
        Row<MeterValuesRequest, MeterValuesResponse>(version, Station, MeterValues),
        Row<NotifyChargingLimitRequest, NotifyChargingLimitResponse>(version, Station, SmartCharging),
        Row<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>(version, Station, Diagnostics),
        Row<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>(version, Station, DisplayMessage),
        Row<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>(version, Station, SmartCharging),
        Row<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>(version, Station, SmartCharging),
        Row<NotifyEventRequest, NotifyEventResponse>(version, Station, Diagnostics),
        Row<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>(version, Station, Diagnostics),
        Row<NotifyReportRequest, NotifyReportResponse>(version, Station, Provisioning),
        Row<PublishFirmwareRequest, PublishFirmwareResponse>(version, ManagementSystem, FirmwareManagement),
        Row<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>(version, Station, FirmwareManagement),
        Row<ReportChargingProfilesRequest, ReportChargingProfilesResponse>(version, Station, SmartCharging),
        Row<RequestStartTransactionRequest, RequestStartTransactionResponse>(version, ManagementSystem, RemoteControl),
        Row<RequestStopTransactionRequest, RequestStopTransactionResponse>(version, ManagementSystem, RemoteControl),
        Row<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>(version, Station, Reservation),
        Row<ReserveNowRequest, ReserveNowResponse>(version, ManagementSystem, Reservation),
        Row<ResetRequest, ResetResponse>(version, ManagementSystem, Provisioning),
        Row<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(version, Station, Security),
        Row<SendLocalListRequest, SendLocalListResponse>(version, ManagementSystem, LocalAuthorizationList),
        Row<SetChargingProfileRequest, SetChargingProfileResponse>(version, ManagementSystem, SmartCharging),
        Row<SetDisplayMessageRequest, SetDisplayMessageResponse>(version, ManagementSystem, DisplayMessage),
        Row<SetMonitoringBaseRequest, SetMonitoringBaseResponse>(version, ManagementSystem, Diagnostics),
        Row<SetMonitoringLevelRequest, SetMonitoringLevelResponse>(version, ManagementSystem, Diagnostics),
        Row<SetNetworkProfileRequest, SetNetworkProfileResponse>(version, ManagementSystem, Provisioning),
        Row<SetVariableMonitoringRequest, SetVariableMonitoringResponse>(version, ManagementSystem, Diagnostics),
        Row<SetVariablesRequest, SetVariablesResponse>(version, ManagementSystem, Provisioning),
        Row<SignCertificateRequest, SignCertificateResponse>(version, Station, Security),
        Row<StatusNotificationRequest, StatusNotificationResponse>(version, Station, Availability),
        Row<TransactionEventRequest, TransactionEventResponse>(version, Station, Transactions),
        Row<TriggerMessageRequest, TriggerMessageResponse>(version, ManagementSystem, RemoteControl),
        Row<UnlockConnectorRequest, UnlockConnectorResponse>(version, ManagementSystem, RemoteControl),
        Row<UnpublishFirmwareRequest, UnpublishFirmwareResponse>(version, ManagementSystem, FirmwareManagement),
        Row<UpdateFirmwareRequest, UpdateFirmwareResponse>(version, ManagementSystem, FirmwareManagement),
    ];

    static OcppMessage Row<TRequest, TResponse>(OcppVersion version, Sender sender, FunctionalBlock block)
        where TRequest : IOcppRequest<TResponse> =>
        OcppMessage.Of<TRequest, TResponse>(version, sender, block.ToString());

    static JsonSerializerOptions Only201(V201Json json) =>
        new(json.Options) { TypeInfoResolver = json.WithAddedModifier(WithoutLaterFields) };

    static void WithoutLaterFields(JsonTypeInfo type)
    {
        foreach (var field in type.Properties.Where(field => field.AttributeProvider?.IsDefined(typeof(Since21Attribute), false) == true))
            field.ShouldSerialize = (_, _) => false;
    }
}
