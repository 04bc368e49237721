using System.Globalization;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>What orders of the management system lead to.</summary>
public sealed partial class OcppStation
{
    internal CancellationToken SwitchedOff => _off.Token;

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

    internal void ApplyAvailability(OcppConnector connector)
    {
        if (connector.Transaction is not null) return;
        var plugged = connector.Vehicle is null ? SlotStatus.Available : SlotStatus.Preparing;
        var status = State.Slot(connector.Number).Status;
        // A fault is gone when it is gone, not when nobody may charge.
        if (status == SlotStatus.Faulted) return;
        if (connector.IsInoperative) SetStatus(connector, SlotStatus.Unavailable);
        else if (status == SlotStatus.Unavailable) SetStatus(connector, plugged);
    }

    internal ReservationStatus Reserve(ReserveNowRequest request)
    {
        if (Connector(request.ConnectorId) is not { } connector) return ReservationStatus.Rejected;
        lock (_lock)
        {
            if (connector.Reservation?.Id != request.ReservationId)
            {
                switch (State.Slot(connector.Number).Status)
                {
                    case SlotStatus.Faulted: return ReservationStatus.Faulted;
                    case SlotStatus.Unavailable: return ReservationStatus.Unavailable;
                    case not SlotStatus.Available: return ReservationStatus.Occupied;
                }
            }

            connector.Reservation = new Reservation(request.ReservationId, request.IdTag, request.ParentIdTag, request.ExpiryDate);
        }

        Later(() => SetStatus(connector, SlotStatus.Reserved));
        Later(async () =>
        {
            var left = request.ExpiryDate - Clock.Time.GetUtcNow();
            if (left > TimeSpan.Zero) await Task.Delay(left, Clock.Time, _off.Token);
            if (connector.Reservation is { } held && (held.Id, held.Until) == (request.ReservationId, request.ExpiryDate))
                CancelReservation(held.Id);
        });
        return ReservationStatus.Accepted;
    }

    internal bool CancelReservation(int id)
    {
        if (_connectors.FirstOrDefault(candidate => candidate.Reservation?.Id == id) is not { } connector) return false;
        connector.Reservation = null;
        Later(() =>
        {
            if (State.Slot(connector.Number).Status == SlotStatus.Reserved) SetStatus(connector, SlotStatus.Available);
        });
        return true;
    }

    /// <summary>Ends what runs, drops the connection, comes back and introduces itself.</summary>
    internal async Task RebootAsync(Reason reason)
    {
        foreach (var connector in _connectors) Stop(connector, reason, null);
        while (_line.IsReady && _outbox.Waiting > 0 && reason != Reason.HardReset)
            await Task.Delay(TimeSpan.FromMilliseconds(10), Clock.Time, _off.Token);
        _mustBoot = true;
        await _line.RestartAsync(Patience);
    }

    internal void SendRegister(OcppConnector connector) => _outbox.Notify(new MeterValuesRequest
    {
        ConnectorId = connector.Number,
        MeterValue =
        [
            new MeterValue
            {
                Timestamp = Clock.Now,
                SampledValue =
                [
                    new SampledValue
                    {
                        Value = State.Slot(connector.Number).MeterWh.ToString(CultureInfo.InvariantCulture),
                        Context = ReadingContext.Trigger,
                    },
                ],
            },
        ],
    });
}
