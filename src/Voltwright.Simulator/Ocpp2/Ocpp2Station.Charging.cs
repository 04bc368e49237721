using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>Plugs, transactions and meters.</summary>
public sealed partial class Ocpp2Station
{
    public override Task PlugInAsync(int slot, Vehicle? vehicle = null)
    {
        var evse = _evses[slot - 1];
        (string CardId, int? RemoteStartId)? starting = null;
        lock (_lock)
        {
            evse.Vehicle = vehicle ?? new Vehicle();
            if (evse.Authorized is { } authorized && authorized.Until > Clock.Now) starting = (authorized.CardId, authorized.RemoteStartId);
            evse.Authorized = null;
        }

        State.Change(slot, state => state with { IsPlugged = true });
        if (State.Slot(slot).Status is SlotStatus.Available or SlotStatus.Reserved or SlotStatus.Finishing)
            SetStatus(evse, SlotStatus.Preparing);
        if (starting is { } start)
        {
            foreach (var other in _evses) other.Authorized = null;
            Start(evse, TriggerReason.CablePluggedIn, start.CardId, start.RemoteStartId);
        }
        else if (_options.StartsOnPlug)
        {
            Start(evse, TriggerReason.CablePluggedIn, null, null);
        }

        return Task.CompletedTask;
    }

    public override Task<bool> UnplugAsync(int slot)
    {
        var evse = _evses[slot - 1];
        if (evse.IsJammed) return Task.FromResult(false);
        if (evse.Transaction is not null) Stop(evse, TriggerReason.EVDeparted, Reason.EVDisconnected, null);
        lock (_lock) evse.Vehicle = null;
        State.Change(slot, state => state with { IsPlugged = false, IsLocked = false });
        if (State.Slot(slot).Status is SlotStatus.Finishing or SlotStatus.Preparing)
            SetStatus(evse, evse.IsInoperative ? SlotStatus.Unavailable : SlotStatus.Available);
        return Task.FromResult(true);
    }

    internal Evse? Find(int number) => number >= 1 && number <= _evses.Length ? _evses[number - 1] : null;

    internal Evse? FindTransaction(string transactionId) => _evses.FirstOrDefault(evse => evse.Transaction?.Id == transactionId);

    Evse? Find(string cardId) =>
        _evses.FirstOrDefault(evse => string.Equals(evse.Transaction?.CardId, cardId, StringComparison.OrdinalIgnoreCase));

    /// <summary>An accepted card: starts where a cable waits, else waits for a cable.</summary>
    internal void Admit(string cardId, int? slot, int? remoteStartId)
    {
        var candidates = _evses.Where(evse => (slot is null || evse.Number == slot) && IsFree(evse, cardId)).ToList();
        if (candidates.FirstOrDefault(evse => evse.Vehicle is not null) is { } plugged)
        {
            var trigger = remoteStartId is null ? TriggerReason.Authorized : TriggerReason.RemoteStart;
            if (plugged.Transaction is { } open) Authorize(plugged, open, trigger, cardId, remoteStartId);
            else Start(plugged, trigger, cardId, remoteStartId);
            return;
        }

        // Drivers and scripts act in real time, however fast the simulated one runs.
        var until = Clock.Now + (Device.Seconds("EVConnectionTimeOut") * Clock.Speed);
        foreach (var candidate in candidates) candidate.Authorized = (cardId, until, remoteStartId);
    }

    /// <summary>Free, or plugged in with nobody's card yet.</summary>
    internal bool IsFree(Evse evse, string cardId) =>
        evse is { Transaction: null or { CardId: null }, IsInoperative: false }
        && State.Slot(evse.Number).Status is not (SlotStatus.Faulted or SlotStatus.Unavailable)
        && (evse.Booking is not { } booking || string.Equals(booking.CardId, cardId, StringComparison.OrdinalIgnoreCase));

    void Start(Evse evse, TriggerReason trigger, string? cardId, int? remoteStartId)
    {
        Ocpp2Transaction transaction;
        int? booking;
        lock (_lock)
        {
            if (evse.Transaction is not null || evse.Vehicle is not { } vehicle) return;
            transaction = new Ocpp2Transaction(Guid.NewGuid().ToString(), State.Slot(evse.Number).MeterWh, Clock.Now, vehicle)
            {
                CardId = cardId,
                RemoteStartId = remoteStartId,
            };
            evse.Transaction = transaction;
            booking = evse.Booking?.Id;
            evse.Booking = null;
        }

        if (cardId is not null) BeginCharging(evse, transaction, cardId);
        Tell(evse, transaction, TransactionEventType.Started, trigger, ReadingContext.TransactionBegin, cardId, booking: booking);
    }

    /// <summary>The transaction runs already: it began with the cable.</summary>
    void Authorize(Evse evse, Ocpp2Transaction transaction, TriggerReason trigger, string cardId, int? remoteStartId)
    {
        (transaction.CardId, transaction.RemoteStartId) = (cardId, remoteStartId);
        BeginCharging(evse, transaction, cardId);
        Tell(evse, transaction, TransactionEventType.Updated, trigger, ReadingContext.Other, cardId);
    }

    void BeginCharging(Evse evse, Ocpp2Transaction transaction, string cardId)
    {
        transaction.ChargingState = ChargingState.Charging;
        transaction.LastAdvance = Clock.Now;
        State.Change(evse.Number, slot => slot with { IsLocked = true, CardId = cardId, Session = transaction.Id });
        SetStatus(evse, SlotStatus.Charging);
        _ = ChargeAsync(evse, transaction);
    }

    async Task ChargeAsync(Evse evse, Ocpp2Transaction transaction)
    {
        try
        {
            while (true)
            {
                var interval = Device.Seconds("TxUpdatedInterval");
                await Clock.Delay(interval > TimeSpan.Zero ? interval : TimeSpan.FromMinutes(1), transaction.Ended.Token);
                Advance(evse, transaction);
                if (transaction.Process.IsFull && transaction.ChargingState == ChargingState.Charging)
                {
                    transaction.ChargingState = ChargingState.SuspendedEV;
                    SetStatus(evse, SlotStatus.SuspendedByCar);
                    Tell(evse, transaction, TransactionEventType.Updated, TriggerReason.ChargingStateChanged, ReadingContext.Other);
                }
                else if (interval > TimeSpan.Zero)
                {
                    TellMeter(evse, transaction, TriggerReason.MeterValuePeriodic, ReadingContext.SamplePeriodic);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The transaction ended.
        }
    }

    internal void TellMeter(Evse evse, Ocpp2Transaction transaction, TriggerReason trigger, ReadingContext context) =>
        Tell(evse, transaction, TransactionEventType.Updated, trigger, context);

    void Advance(Evse evse, Ocpp2Transaction transaction)
    {
        lock (_lock)
        {
            if (evse.Transaction != transaction) return;
            var now = Clock.Now;
            if (transaction.CardId is not null)
            {
                transaction.Process.LimitW = Profiles.LimitW(evse.Number, now, transaction.StartedAt);
                transaction.Process.Advance(now - transaction.LastAdvance);
            }

            transaction.LastAdvance = now;
            State.Change(evse.Number, slot => slot with { MeterWh = transaction.Process.MeterWh, PowerW = transaction.Process.PowerW });
        }
    }

    internal void Stop(Evse evse, TriggerReason trigger, Reason reason, string? cardId, SlotStatus? then = null)
    {
        Ocpp2Transaction? transaction;
        lock (_lock)
        {
            transaction = evse.Transaction;
            if (transaction is null) return;
            Advance(evse, transaction);
            evse.Transaction = null;
        }

        transaction.Ended.Cancel();
        transaction.ChargingState = trigger == TriggerReason.EVDeparted ? ChargingState.Idle : ChargingState.EVConnected;
        Tell(evse, transaction, TransactionEventType.Ended, trigger, ReadingContext.TransactionEnd, cardId, reason);
        State.Change(evse.Number, slot => slot with { IsLocked = false, PowerW = 0, CardId = null, Session = null });
        SetStatus(evse, then ?? (evse.Vehicle is null ? SlotStatus.Available : SlotStatus.Finishing));
        if (evse is { IsInoperative: true, Vehicle: null }) ApplyAvailability(evse);
    }

    /// <summary>One event of a transaction, counted and dated now, whenever it can be sent.</summary>
    void Tell(
        Evse evse, Ocpp2Transaction transaction, TransactionEventType type, TriggerReason trigger, ReadingContext context,
        string? cardId = null, Reason? reason = null, int? booking = null)
    {
        var request = new TransactionEventRequest
        {
            EventType = type,
            MeterValue = [transaction.Sample(transaction.LastAdvance, context)],
            Timestamp = transaction.LastAdvance,
            TriggerReason = trigger,
            SeqNo = transaction.NextSeqNo(),
            Offline = _line.IsReady ? null : true,
            ReservationId = booking,
            TransactionInfo = new Transaction
            {
                TransactionId = transaction.Id,
                ChargingState = transaction.ChargingState,
                StoppedReason = reason,
                RemoteStartId = type == TransactionEventType.Ended ? null : transaction.RemoteStartId,
            },
            Evse = evse.Name,
            IdToken = cardId is null ? null : Token(cardId),
        };
        _outbox.Post(() => request, answer => Answered(evse, transaction, answer));
    }

    void Answered(Evse evse, Ocpp2Transaction transaction, TransactionEventResponse answer)
    {
        if (answer.IdTokenInfo is { Status: not AuthorizationStatus.Accepted } && evse.Transaction == transaction)
            Stop(evse, TriggerReason.Deauthorized, Reason.DeAuthorized, null);
    }

    internal void SetStatus(Evse evse, SlotStatus status)
    {
        var before = State.Slot(evse.Number).Status;
        if (before != status && !StatusMapping.IsLegal(before, status))
            throw new InvalidOperationException($"{Id}: EVSE {evse.Number} cannot go from {before} to {status}");
        State.Change(evse.Number, slot => slot with { Status = status });
        if (evse.Told != StatusOf(status)) NotifyStatus(evse);
    }

    internal void NotifyStatus(Evse evse)
    {
        evse.Told = StatusOf(State.Slot(evse.Number).Status);
        _outbox.Notify(new StatusNotificationRequest
        {
            Timestamp = Clock.Now,
            ConnectorStatus = evse.Told.Value,
            EvseId = evse.Number,
            ConnectorId = 1,
        });
    }

    static ConnectorStatus StatusOf(SlotStatus status) => status switch
    {
        SlotStatus.Available => ConnectorStatus.Available,
        SlotStatus.Reserved => ConnectorStatus.Reserved,
        SlotStatus.Unavailable => ConnectorStatus.Unavailable,
        SlotStatus.Faulted => ConnectorStatus.Faulted,
        _ => ConnectorStatus.Occupied,
    };
}
