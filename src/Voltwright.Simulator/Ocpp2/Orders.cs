using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Starting, stopping, unlocking, reserving, taking out of service, resetting.</summary>
static class Orders
{
    public static RequestStartTransactionResponse Start(Ocpp2Station station, RequestStartTransactionRequest request)
    {
        var card = request.IdToken.Value;
        var isPossible = station.Evses.Any(evse => (request.EvseId ?? evse.Number) == evse.Number && station.IsFree(evse, card));
        if (isPossible)
        {
            if (request.ChargingProfile is { } profile) station.Profiles.Set(request.EvseId ?? 0, profile);
            station.Later(() => station.Admit(card, request.EvseId, request.RemoteStartId));
        }

        return new RequestStartTransactionResponse
        {
            Status = isPossible ? RequestStartStopStatus.Accepted : RequestStartStopStatus.Rejected,
        };
    }

    public static RequestStopTransactionResponse Stop(Ocpp2Station station, RequestStopTransactionRequest request)
    {
        var evse = station.FindTransaction(request.TransactionId);
        if (evse is not null) station.Later(() => station.Stop(evse, TriggerReason.RemoteStop, Reason.Remote, null));
        return new RequestStopTransactionResponse
        {
            Status = evse is null ? RequestStartStopStatus.Rejected : RequestStartStopStatus.Accepted,
        };
    }

    public static UnlockConnectorResponse Unlock(Ocpp2Station station, UnlockConnectorRequest request)
    {
        var status = station.Find(request.EvseId) switch
        {
            null => UnlockStatus.UnknownConnector,
            _ when request.ConnectorId != 1 => UnlockStatus.UnknownConnector,
            { Transaction.CardId: not null } => UnlockStatus.OngoingAuthorizedTransaction,
            { IsJammed: true } => UnlockStatus.UnlockFailed,
            _ => UnlockStatus.Unlocked,
        };
        if (status == UnlockStatus.Unlocked) station.State.Change(request.EvseId, slot => slot with { IsLocked = false });
        return new UnlockConnectorResponse { Status = status };
    }

    public static CancelReservationResponse CancelReservation(Ocpp2Station station, CancelReservationRequest request) => new()
    {
        Status = station.CancelReservation(request.ReservationId)
            ? CancelReservationStatus.Accepted
            : CancelReservationStatus.Rejected,
    };

    public static ChangeAvailabilityResponse ChangeAvailability(Ocpp2Station station, ChangeAvailabilityRequest request)
    {
        var evses = station.Evses.Where(evse => request.Evse is not { Id: > 0 } only || only.Id == evse.Number).ToList();
        var isScheduled = false;
        foreach (var evse in evses)
        {
            evse.IsInoperative = request.OperationalStatus == OperationalStatus.Inoperative;
            if (evse.Transaction is not null) isScheduled = true;
            else station.Later(() => station.ApplyAvailability(evse));
        }

        return new ChangeAvailabilityResponse
        {
            Status = evses.Count == 0
                ? ChangeAvailabilityStatus.Rejected
                : isScheduled ? ChangeAvailabilityStatus.Scheduled : ChangeAvailabilityStatus.Accepted,
        };
    }

    public static ResetResponse Reset(Ocpp2Station station, ResetRequest request)
    {
        if (request.EvseId is not null) return new ResetResponse { Status = ResetStatus.Rejected };
        var waits = request.Type == ResetType.OnIdle && station.Evses.Any(evse => evse.Transaction is not null);
        station.Later(() => waits ? station.RebootOnIdleAsync() : station.RebootAsync(BootReason.RemoteReset, Reason.ImmediateReset));
        return new ResetResponse { Status = waits ? ResetStatus.Scheduled : ResetStatus.Accepted };
    }
}
