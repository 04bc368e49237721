using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Gateway.Ocpp.V201;

/// <summary>Every action that a 2.0.1 station may call, and who serves it.</summary>
public static class Actions
{
    public static HandlerTable<OcppStation> Table { get; } = Serve(Ocpp201.Protocol);

    public static OcppHandler For(OcppStation station) => Guard.Before(Table, station);

    /// <summary>The rows that 2.0.1 and 2.1 share.</summary>
    internal static HandlerTable<OcppStation> Serve(OcppProtocol protocol) => new HandlerTable<OcppStation>(protocol)
        .On<AuthorizeRequest, AuthorizeResponse>(Authorize.HandleAsync)
        .On<BootNotificationRequest, BootNotificationResponse>(BootNotification.HandleAsync)
        .Tell<ClearedChargingLimitRequest, ClearedChargingLimitResponse>("charging-limit-cleared", _ => new())
        .On<DataTransferRequest, DataTransferResponse>(DataTransfer.HandleAsync)
        .On<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(async (station, request, _) =>
        {
            await station.Grain.FirmwareReported(request.RequestId, Words.Of(request.Status));
            return new();
        })
        .On<Get15118EVCertificateRequest, Get15118EVCertificateResponse>(async (station, request, cancellation) =>
        {
            await station.TellAsync("contract-certificate-requested", request);
            return station.Sources.Contracts is { } pool
                ? await pool.AskAsync(protocol.MessageOf(typeof(Get15118EVCertificateRequest)), station.Id, request, cancellation)
                : ContractPool.Failed;
        })
        .On<GetCertificateStatusRequest, GetCertificateStatusResponse>(CertificateChecks.StatusAsync)
        .On<HeartbeatRequest, HeartbeatResponse>((station, _, _) => Task.FromResult(new HeartbeatResponse { CurrentTime = station.Now }))
        .On<LogStatusNotificationRequest, LogStatusNotificationResponse>(async (station, request, _) =>
        {
            await station.Grain.LogReported(request.RequestId, Words.Of(request.Status));
            return new();
        })
        .On<MeterValuesRequest, MeterValuesResponse>(MeterValues.HandleAsync)
        .Tell<NotifyChargingLimitRequest, NotifyChargingLimitResponse>("charging-limit", _ => new())
        .Tell<NotifyCustomerInformationRequest, NotifyCustomerInformationResponse>("customer-information", _ => new())
        .Tell<NotifyDisplayMessagesRequest, NotifyDisplayMessagesResponse>("display-messages", _ => new())
        .On<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>(VehicleTalk.NeedsAsync)
        .On<NotifyEVChargingScheduleRequest, NotifyEVChargingScheduleResponse>(VehicleTalk.ScheduleAsync)
        .On<NotifyEventRequest, NotifyEventResponse>(NotifyEvent.HandleAsync)
        .Tell<NotifyMonitoringReportRequest, NotifyMonitoringReportResponse>("monitoring-report", _ => new())
        .On<NotifyReportRequest, NotifyReportResponse>(async (station, request, _) =>
        {
            if (!station.Reports.Take(request))
                await station.TellAsync("device-report", request);
            return new();
        })
        .Tell<PublishFirmwareStatusNotificationRequest, PublishFirmwareStatusNotificationResponse>("publish-firmware-status", _ => new())
        .Tell<ReportChargingProfilesRequest, ReportChargingProfilesResponse>("charging-profiles", _ => new())
        .On<ReservationStatusUpdateRequest, ReservationStatusUpdateResponse>(async (station, request, _) =>
        {
            await station.Grain.ReservationReported(request.ReservationId, request.ReservationUpdateStatus == ReservationUpdateStatus.Expired);
            return new();
        })
        .Tell<SecurityEventNotificationRequest, SecurityEventNotificationResponse>("security-event", _ => new())
        .On<SignCertificateRequest, SignCertificateResponse>(SignCertificate.HandleAsync)
        .On<StatusNotificationRequest, StatusNotificationResponse>(StatusNotification.HandleAsync)
        .On<TransactionEventRequest, TransactionEventResponse>(TransactionEvent.HandleAsync);
}
