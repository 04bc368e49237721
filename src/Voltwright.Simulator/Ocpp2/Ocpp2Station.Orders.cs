using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>What orders of the management system lead to.</summary>
public sealed partial class Ocpp2Station
{
    /// <summary>Acts after the answer to a command has gone out.</summary>
    internal void Later(Action act) => Later(() =>
    {
        act();
        return Task.CompletedTask;
    });

    internal async void Later(Func<Task> act)
    {
        try
        {
            await Task.Delay(_options.Reaction, Clock.Time, _off.Token);
            await act();
        }
        catch (OperationCanceledException)
        {
            // Switched off meanwhile.
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            Traffic.Violated($"{Id}: {failed.Message}");
        }
    }

    internal void ApplyAvailability(Evse evse)
    {
        // A fault is gone when it is gone, not when nobody may charge.
        if (evse.Transaction is not null || State.Slot(evse.Number).Status == SlotStatus.Faulted) return;
        var plugged = evse.Vehicle is null ? SlotStatus.Available : SlotStatus.Preparing;
        if (evse.IsInoperative) SetStatus(evse, SlotStatus.Unavailable);
        else if (State.Slot(evse.Number).Status == SlotStatus.Unavailable) SetStatus(evse, plugged);
    }

    internal ReserveNowStatus Reserve(ReserveNowRequest request)
    {
        // Without an EVSE one is kept, which is as good.
        var evse = request.EvseId is { } number ? Find(number) : _evses.FirstOrDefault(e => State.Slot(e.Number).Status == SlotStatus.Available);
        if (evse is null) return request.EvseId is null ? ReserveNowStatus.Occupied : ReserveNowStatus.Rejected;
        lock (_lock)
        {
            if (evse.Booking?.Id != request.Id)
            {
                switch (State.Slot(evse.Number).Status)
                {
                    case SlotStatus.Faulted: return ReserveNowStatus.Faulted;
                    case SlotStatus.Unavailable: return ReserveNowStatus.Unavailable;
                    case not SlotStatus.Available: return ReserveNowStatus.Occupied;
                }
            }

            evse.Booking = new Booking(request.Id, request.IdToken.Value, request.GroupIdToken?.Value, request.ExpiryDateTime);
        }

        Later(() => SetStatus(evse, SlotStatus.Reserved));
        Later(() => ExpireAsync(evse, request.Id, request.ExpiryDateTime));
        return ReserveNowStatus.Accepted;
    }

    async Task ExpireAsync(Evse evse, int id, DateTimeOffset until)
    {
        var left = until - Clock.Time.GetUtcNow();
        if (left > TimeSpan.Zero) await Task.Delay(left, Clock.Time, _off.Token);
        if (evse.Booking is not { } held || (held.Id, held.Until) != (id, until)) return;
        CancelReservation(id);
        Send(new ReservationStatusUpdateRequest { ReservationId = id, ReservationUpdateStatus = ReservationUpdateStatus.Expired });
    }

    internal bool CancelReservation(int id)
    {
        if (_evses.FirstOrDefault(candidate => candidate.Booking?.Id == id) is not { } evse) return false;
        evse.Booking = null;
        Later(() =>
        {
            if (State.Slot(evse.Number).Status == SlotStatus.Reserved) SetStatus(evse, SlotStatus.Available);
        });
        return true;
    }

    /// <summary>Ends what runs, drops the connection, comes back and introduces itself.</summary>
    internal async Task RebootAsync(BootReason boot, Reason reason)
    {
        foreach (var evse in _evses) Stop(evse, TriggerReason.ResetCommand, reason, null);
        while (_line.IsReady && _outbox.Waiting > 0 && reason != Reason.ImmediateReset)
            await Task.Delay(TimeSpan.FromMilliseconds(10), Clock.Time, _off.Token);
        _boot = boot;
        await _line.RestartAsync(Patience);
    }

    /// <summary>Waits until nobody charges, then reboots.</summary>
    internal async Task RebootOnIdleAsync()
    {
        while (_evses.Any(evse => evse.Transaction is not null))
            await Task.Delay(TimeSpan.FromMilliseconds(50), Clock.Time, _off.Token);
        await RebootAsync(BootReason.RemoteReset, Reason.Reboot);
    }

    internal void SendRegister(Evse evse) => Send(new MeterValuesRequest
    {
        EvseId = evse.Number,
        MeterValue =
        [
            new MeterValue
            {
                Timestamp = Clock.Now,
                SampledValue =
                [
                    Ocpp2Transaction.Value(
                        State.Slot(evse.Number).MeterWh, Measurand.EnergyActiveImportRegister, "Wh", ReadingContext.Trigger),
                ],
            },
        ],
    });
}
