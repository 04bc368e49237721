using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>What a simulated station does when the management system asks. Actions without a row are answered NotSupported.</summary>
static class Ocpp2Commands
{
    public static HandlerTable<Ocpp2Station> Table201 { get; } = Serve(new HandlerTable<Ocpp2Station>(Ocpp201.Protocol));

    public static HandlerTable<Ocpp2Station> Table21 { get; } = Serve(new HandlerTable<Ocpp2Station>(Ocpp21.Protocol))
        .Does<AdjustPeriodicEventStreamRequest, AdjustPeriodicEventStreamResponse>(EventStreams.Adjust)
        .Does<AFRRSignalRequest, AFRRSignalResponse>((_, _) => new AFRRSignalResponse { Status = GenericStatus.Accepted })
        .Does<ChangeTransactionTariffRequest, ChangeTransactionTariffResponse>(Prices.Change)
        .Does<ClearDERControlRequest, ClearDERControlResponse>((station, request) => station.DerControls.Clear(request))
        .Does<ClearTariffsRequest, ClearTariffsResponse>((station, request) =>
            new ClearTariffsResponse { ClearTariffsResult = station.Tariffs.Clear(request) })
        .Does<GetDERControlRequest, GetDERControlResponse>(DerControls.Get)
        .Does<GetPeriodicEventStreamRequest, GetPeriodicEventStreamResponse>((station, _) =>
            new GetPeriodicEventStreamResponse { ConstantStreamData = station.Streams.IsEmpty ? null : [.. station.Streams.Values] })
        .Does<GetTariffsRequest, GetTariffsResponse>(Prices.Get)
        .Does<NotifyAllowedEnergyTransferRequest, NotifyAllowedEnergyTransferResponse>(Prices.Allow)
        .Does<NotifyWebPaymentStartedRequest, NotifyWebPaymentStartedResponse>((_, _) => new NotifyWebPaymentStartedResponse())
        .Does<RequestBatterySwapRequest, RequestBatterySwapResponse>(BatterySwaps.Swap)
        .Does<SetDefaultTariffRequest, SetDefaultTariffResponse>(Prices.SetDefault)
        .Does<SetDERControlRequest, SetDERControlResponse>((station, request) => station.DerControls.Set(request))
        .Does<UpdateDynamicScheduleRequest, UpdateDynamicScheduleResponse>((station, request) => new UpdateDynamicScheduleResponse
        {
            Status = station.Profiles.Adjust(request) ? ChargingProfileStatus.Accepted : ChargingProfileStatus.Rejected,
        })
        .Does<UsePriorityChargingRequest, UsePriorityChargingResponse>((_, _) =>
            new UsePriorityChargingResponse { Status = PriorityChargingStatus.NoProfile });

    static HandlerTable<Ocpp2Station> Serve(HandlerTable<Ocpp2Station> table) => table
        .Does<CancelReservationRequest, CancelReservationResponse>(Orders.CancelReservation)
        .Does<CertificateSignedRequest, CertificateSignedResponse>(Certificates.Take)
        .Does<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(Orders.ChangeAvailability)
        .Does<ClearCacheRequest, ClearCacheResponse>((_, _) => new ClearCacheResponse { Status = ClearCacheStatus.Accepted })
        .Does<ClearChargingProfileRequest, ClearChargingProfileResponse>(Profiles.Clear)
        .Does<ClearDisplayMessageRequest, ClearDisplayMessageResponse>((station, request) =>
            new ClearDisplayMessageResponse { Status = station.Displays.Clear(request.Id) })
        .Does<ClearVariableMonitoringRequest, ClearVariableMonitoringResponse>((station, request) =>
            new ClearVariableMonitoringResponse { ClearMonitoringResult = [.. request.Id.Select(station.Monitors.Clear)] })
        .Does<CostUpdatedRequest, CostUpdatedResponse>((_, _) => new CostUpdatedResponse())
        .Does<CustomerInformationRequest, CustomerInformationResponse>(Reports.Customer)
        .Does<DataTransferRequest, DataTransferResponse>((_, _) =>
            new DataTransferResponse { Status = DataTransferStatus.UnknownVendorId })
        .Does<DeleteCertificateRequest, DeleteCertificateResponse>((station, request) =>
            new DeleteCertificateResponse { Status = station.Keyring.Delete(request.CertificateHashData) })
        .Does<GetBaseReportRequest, GetBaseReportResponse>(Reports.Base)
        .Does<GetChargingProfilesRequest, GetChargingProfilesResponse>(Profiles.Get)
        .Does<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(Profiles.Compose)
        .Does<GetDisplayMessagesRequest, GetDisplayMessagesResponse>(Reports.Displayed)
        .Does<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(Certificates.List)
        .Does<GetLocalListVersionRequest, GetLocalListVersionResponse>((station, _) =>
            new GetLocalListVersionResponse { VersionNumber = station.LocalList.Version })
        .Does<GetLogRequest, GetLogResponse>(Transfers.Log)
        .Does<GetMonitoringReportRequest, GetMonitoringReportResponse>(Reports.Monitored)
        .Does<GetReportRequest, GetReportResponse>(Reports.Part)
        .Does<GetTransactionStatusRequest, GetTransactionStatusResponse>((station, request) => new GetTransactionStatusResponse
        {
            OngoingIndicator = request.TransactionId is { } id ? station.FindTransaction(id) is not null : null,
            MessagesInQueue = station.WaitingMessages > 0,
        })
        .Does<GetVariablesRequest, GetVariablesResponse>((station, request) =>
            new GetVariablesResponse { GetVariableResult = [.. request.GetVariableData.Select(station.Device.Read)] })
        .Does<InstallCertificateRequest, InstallCertificateResponse>((station, request) =>
            new InstallCertificateResponse { Status = station.Keyring.Install(request) })
        .Does<PublishFirmwareRequest, PublishFirmwareResponse>(LocalController.Publish)
        .Does<RequestStartTransactionRequest, RequestStartTransactionResponse>(Orders.Start)
        .Does<RequestStopTransactionRequest, RequestStopTransactionResponse>(Orders.Stop)
        .Does<ReserveNowRequest, ReserveNowResponse>((station, request) => new ReserveNowResponse { Status = station.Reserve(request) })
        .Does<ResetRequest, ResetResponse>(Orders.Reset)
        .Does<SendLocalListRequest, SendLocalListResponse>((station, request) =>
            new SendLocalListResponse { Status = station.LocalList.Update(request) })
        .Does<SetChargingProfileRequest, SetChargingProfileResponse>(Profiles.Set)
        .Does<SetDisplayMessageRequest, SetDisplayMessageResponse>((station, request) => new SetDisplayMessageResponse
        {
            Status = station.Displays.Set(request.Message, station.FindTransaction(request.Message.TransactionId ?? "") is not null),
        })
        .Does<SetMonitoringBaseRequest, SetMonitoringBaseResponse>((station, request) =>
        {
            if (request.MonitoringBase != MonitoringSet.All) station.Monitors.ClearAll();
            return new SetMonitoringBaseResponse { Status = GenericDeviceModelStatus.Accepted };
        })
        .Does<SetMonitoringLevelRequest, SetMonitoringLevelResponse>((_, request) => new SetMonitoringLevelResponse
        {
            Status = request.Severity is >= 0 and <= 9 ? GenericStatus.Accepted : GenericStatus.Rejected,
        })
        .Does<SetNetworkProfileRequest, SetNetworkProfileResponse>((_, request) => new SetNetworkProfileResponse
        {
            Status = request.ConfigurationSlot is >= 1 and <= 3 ? SetNetworkProfileStatus.Accepted : SetNetworkProfileStatus.Rejected,
        })
        .Does<SetVariableMonitoringRequest, SetVariableMonitoringResponse>(EventStreams.SetMonitors)
        .Does<SetVariablesRequest, SetVariablesResponse>((station, request) =>
            new SetVariablesResponse { SetVariableResult = [.. request.SetVariableData.Select(station.Device.Write)] })
        .Does<TriggerMessageRequest, TriggerMessageResponse>(Triggers2.Handle)
        .Does<UnlockConnectorRequest, UnlockConnectorResponse>(Orders.Unlock)
        .Does<UnpublishFirmwareRequest, UnpublishFirmwareResponse>((station, request) => station.LocalController.Unpublish(request))
        .Does<UpdateFirmwareRequest, UpdateFirmwareResponse>(Transfers.Firmware);

    /// <summary>Serves an action by what is known at once; what takes time happens later.</summary>
    static HandlerTable<Ocpp2Station> Does<TRequest, TResponse>(
        this HandlerTable<Ocpp2Station> table, Func<Ocpp2Station, TRequest, TResponse> handle)
        where TRequest : IOcppRequest<TResponse>
        where TResponse : notnull =>
        table.On<TRequest, TResponse>((station, request, _) => Task.FromResult(handle(station, request)));
}
