using System.Text.Json;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>What a simulated station does when the management system asks. Actions without a row are answered NotSupported.</summary>
static class OcppCommands
{
    public static HandlerTable<OcppStation> Table { get; } = new HandlerTable<OcppStation>(Ocpp16.Protocol)
        .On<CancelReservationRequest, CancelReservationResponse>(Reservations.CancelAsync)
        .On<CertificateSignedRequest, CertificateSignedResponse>((station, request, _) =>
            Task.FromResult(Certificates.Take(station.Keyring, request)))
        .On<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(ChangeAvailabilityAsync)
        .On<ChangeConfigurationRequest, ChangeConfigurationResponse>((station, request, _) =>
            Task.FromResult(new ChangeConfigurationResponse { Status = station.Configuration.Write(request.Key, request.Value) }))
        .On<ClearCacheRequest, ClearCacheResponse>(
            (_, _, _) => Task.FromResult(new ClearCacheResponse { Status = ClearCacheStatus.Accepted }))
        .On<ClearChargingProfileRequest, ClearChargingProfileResponse>(Profiles.ClearAsync)
        .On<DataTransferRequest, DataTransferResponse>(VendorData.HandleAsync)
        .On<DeleteCertificateRequest, DeleteCertificateResponse>((station, request, _) =>
            Task.FromResult(Certificates.Delete(station.Keyring, request)))
        .On<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>(Triggers.HandleExtendedAsync)
        .On<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(Profiles.ComposeAsync)
        .On<GetConfigurationRequest, GetConfigurationResponse>(
            (station, request, _) => Task.FromResult(station.Configuration.Read(request.Key)))
        .On<GetDiagnosticsRequest, GetDiagnosticsResponse>(LogTransfer.DiagnosticsAsync)
        .On<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>((station, request, _) =>
            Task.FromResult(Certificates.List(station.Keyring, request)))
        .On<GetLocalListVersionRequest, GetLocalListVersionResponse>((station, _, _) =>
            Task.FromResult(new GetLocalListVersionResponse { ListVersion = station.LocalList.Version }))
        .On<GetLogRequest, GetLogResponse>(LogTransfer.LogAsync)
        .On<InstallCertificateRequest, InstallCertificateResponse>((station, request, _) =>
            Task.FromResult(Certificates.Install(station.Keyring, request)))
        .On<RemoteStartTransactionRequest, RemoteStartTransactionResponse>(RemoteStartAsync)
        .On<RemoteStopTransactionRequest, RemoteStopTransactionResponse>(RemoteStopAsync)
        .On<ReserveNowRequest, ReserveNowResponse>(Reservations.ReserveAsync)
        .On<ResetRequest, ResetResponse>(ResetAsync)
        .On<SendLocalListRequest, SendLocalListResponse>((station, request, _) =>
            Task.FromResult(new SendLocalListResponse { Status = station.LocalList.Update(request) }))
        .On<SetChargingProfileRequest, SetChargingProfileResponse>(Profiles.SetAsync)
        .On<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse>(FirmwareUpdate.HandleSignedAsync)
        .On<TriggerMessageRequest, TriggerMessageResponse>(Triggers.HandleAsync)
        .On<UnlockConnectorRequest, UnlockConnectorResponse>(UnlockAsync)
        .On<UpdateFirmwareRequest, UpdateFirmwareResponse>(FirmwareUpdate.HandleAsync);

    static Task<RemoteStartTransactionResponse> RemoteStartAsync(
        OcppStation station, RemoteStartTransactionRequest request, CancellationToken cancellation)
    {
        var connectors = station.Connectors.Where(c => request.ConnectorId is null || c.Number == request.ConnectorId);
        var isPossible = connectors.Any(c => station.IsFree(c, request.IdTag));
        if (isPossible)
        {
            if (request.ChargingProfile is { } profile) station.Profiles.Set(request.ConnectorId ?? 0, profile);
            station.Later(() => station.Admit(request.IdTag, request.ConnectorId));
        }

        return Task.FromResult(new RemoteStartTransactionResponse
        {
            Status = isPossible ? RemoteStartStopStatus.Accepted : RemoteStartStopStatus.Rejected,
        });
    }

    static Task<RemoteStopTransactionResponse> RemoteStopAsync(
        OcppStation station, RemoteStopTransactionRequest request, CancellationToken cancellation)
    {
        var connector = station.FindTransaction(request.TransactionId);
        if (connector is not null) station.Later(() => station.Stop(connector, Reason.Remote, null));
        return Task.FromResult(new RemoteStopTransactionResponse
        {
            Status = connector is null ? RemoteStartStopStatus.Rejected : RemoteStartStopStatus.Accepted,
        });
    }

    static Task<UnlockConnectorResponse> UnlockAsync(OcppStation station, UnlockConnectorRequest request, CancellationToken cancellation)
    {
        var connector = station.Connector(request.ConnectorId);
        if (connector is { IsJammed: false })
        {
            station.Stop(connector, Reason.UnlockCommand, null);
            station.State.Change(connector.Number, slot => slot with { IsLocked = false });
        }

        return Task.FromResult(new UnlockConnectorResponse
        {
            Status = connector switch
            {
                null => UnlockStatus.NotSupported,
                { IsJammed: true } => UnlockStatus.UnlockFailed,
                _ => UnlockStatus.Unlocked,
            },
        });
    }

    static Task<ChangeAvailabilityResponse> ChangeAvailabilityAsync(
        OcppStation station, ChangeAvailabilityRequest request, CancellationToken cancellation)
    {
        var connectors = request.ConnectorId == 0
            ? station.Connectors
            : [.. station.Connectors.Where(c => c.Number == request.ConnectorId)];
        var isScheduled = false;
        foreach (var connector in connectors)
        {
            connector.IsInoperative = request.Type == AvailabilityType.Inoperative;
            if (connector.Transaction is not null) isScheduled = true;
            else station.Later(() => station.ApplyAvailability(connector));
        }

        return Task.FromResult(new ChangeAvailabilityResponse
        {
            Status = connectors.Count == 0
                ? AvailabilityStatus.Rejected
                : isScheduled ? AvailabilityStatus.Scheduled : AvailabilityStatus.Accepted,
        });
    }

    static Task<ResetResponse> ResetAsync(OcppStation station, ResetRequest request, CancellationToken cancellation)
    {
        station.Later(() => station.RebootAsync(request.Type == ResetType.Hard ? Reason.HardReset : Reason.SoftReset));
        return Task.FromResult(new ResetResponse { Status = ResetStatus.Accepted });
    }

    static class Reservations
    {
        public static Task<ReserveNowResponse> ReserveAsync(
            OcppStation station, ReserveNowRequest request, CancellationToken cancellation) =>
            Task.FromResult(new ReserveNowResponse { Status = station.Reserve(request) });

        public static Task<CancelReservationResponse> CancelAsync(
            OcppStation station, CancelReservationRequest request, CancellationToken cancellation) =>
            Task.FromResult(new CancelReservationResponse
            {
                Status = station.CancelReservation(request.ReservationId)
                    ? CancelReservationStatus.Accepted
                    : CancelReservationStatus.Rejected,
            });
    }

    static class Profiles
    {
        public static Task<SetChargingProfileResponse> SetAsync(
            OcppStation station, SetChargingProfileRequest request, CancellationToken cancellation)
        {
            var profile = request.CsChargingProfiles;
            var needsTransaction = profile.ChargingProfilePurpose == ChargingProfilePurposeType.TxProfile;
            var isPossible = request.ConnectorId == 0
                ? !needsTransaction
                : station.Connector(request.ConnectorId) is { } connector && (!needsTransaction || connector.Transaction is not null);
            if (isPossible) station.Profiles.Set(request.ConnectorId, profile);
            return Task.FromResult(new SetChargingProfileResponse
            {
                Status = isPossible ? ChargingProfileStatus.Accepted : ChargingProfileStatus.Rejected,
            });
        }

        public static Task<ClearChargingProfileResponse> ClearAsync(
            OcppStation station, ClearChargingProfileRequest request, CancellationToken cancellation) =>
            Task.FromResult(new ClearChargingProfileResponse
            {
                Status = station.Profiles.Clear(request) ? ClearChargingProfileStatus.Accepted : ClearChargingProfileStatus.Unknown,
            });

        public static Task<GetCompositeScheduleResponse> ComposeAsync(
            OcppStation station, GetCompositeScheduleRequest request, CancellationToken cancellation) =>
            Task.FromResult(CompositeSchedule.Of(station, request));
    }
}
