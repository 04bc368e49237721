using Voltwright.Ocpp;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>Plugs, transactions and meters.</summary>
public sealed partial class OcppStation
{
    public override Task PlugInAsync(int slot, Vehicle? vehicle = null)
    {
        var connector = _connectors[slot - 1];
        string? starting = null;
        int? reservation;
        lock (_lock)
        {
            connector.Vehicle = vehicle ?? new Vehicle();
            reservation = connector.Reservation?.Id;
            if (connector.Authorized is { } authorized && authorized.Until > Clock.Now) starting = authorized.IdTag;
            connector.Authorized = null;
        }

        State.Change(slot, state => state with { IsPlugged = true });
        if (State.Slot(slot).Status is SlotStatus.Available or SlotStatus.Reserved or SlotStatus.Finishing)
            SetStatus(connector, SlotStatus.Preparing);
        if (starting is not null)
        {
            foreach (var other in _connectors) other.Authorized = null;
            Start(connector, starting, reservation);
        }

        return Task.CompletedTask;
    }

    public override Task<bool> UnplugAsync(int slot)
    {
        var connector = _connectors[slot - 1];
        if (connector.IsJammed) return Task.FromResult(false);
        if (connector.Transaction is not null)
        {
            if (State.Slot(slot).IsLocked && !Configuration.Is("StopTransactionOnEVSideDisconnect")) return Task.FromResult(false);
            Stop(connector, Reason.EVDisconnected, null);
        }

        lock (_lock) connector.Vehicle = null;
        State.Change(slot, state => state with { IsPlugged = false, IsLocked = false });
        if (State.Slot(slot).Status is SlotStatus.Finishing or SlotStatus.Preparing)
            SetStatus(connector, connector.IsInoperative ? SlotStatus.Unavailable : SlotStatus.Available);
        return Task.FromResult(true);
    }

    internal OcppConnector? Connector(int number) => number >= 1 && number <= _connectors.Length ? _connectors[number - 1] : null;

    internal IReadOnlyList<OcppConnector> Connectors => _connectors;

    internal OcppConnector? FindTransaction(int transactionId) => _connectors.FirstOrDefault(c => c.Transaction?.Id == transactionId);

    OcppConnector? FindTransaction(string idTag) =>
        _connectors.FirstOrDefault(c => string.Equals(c.Transaction?.IdTag, idTag, StringComparison.OrdinalIgnoreCase));

    /// <summary>An accepted card: starts where a cable waits, else waits for a cable.</summary>
    internal void Admit(string idTag, int? slot)
    {
        var candidates = _connectors.Where(c => (slot is null || c.Number == slot) && IsFree(c, idTag)).ToList();
        if (candidates.FirstOrDefault(c => c.Vehicle is not null) is { } plugged)
        {
            Start(plugged, idTag, plugged.Reservation?.Id);
            return;
        }

        // Drivers and scripts act in real time, however fast the simulated one runs.
        var until = Clock.Now + (Configuration.Seconds("ConnectionTimeOut") * Clock.Speed);
        foreach (var candidate in candidates) candidate.Authorized = (idTag, until);
    }

    internal bool IsFree(OcppConnector connector, string idTag) =>
        connector is { Transaction: null, IsInoperative: false }
        && State.Slot(connector.Number).Status is not (SlotStatus.Faulted or SlotStatus.Unavailable)
        && (connector.Reservation is not { } reservation || string.Equals(reservation.IdTag, idTag, StringComparison.OrdinalIgnoreCase));

    internal void Start(OcppConnector connector, string idTag, int? reservationId)
    {
        OcppTransaction transaction;
        lock (_lock)
        {
            if (connector.Transaction is not null || connector.Vehicle is not { } vehicle) return;
            transaction = new OcppTransaction(idTag, State.Slot(connector.Number).MeterWh, Clock.Now, vehicle);
            connector.Transaction = transaction;
            connector.Reservation = null;
        }

        SetStatus(connector, SlotStatus.Preparing);
        transaction.Sample(transaction.StartedAt, ReadingContext.TransactionBegin);
        var request = new StartTransactionRequest
        {
            ConnectorId = connector.Number,
            IdTag = idTag,
            MeterStart = transaction.MeterStartWh,
            ReservationId = reservationId,
            Timestamp = transaction.StartedAt,
        };
        State.Change(connector.Number, slot => slot with { IsLocked = true, CardId = idTag });
        _outbox.Post(() => request, answer => Started(connector, transaction, answer));
        SetStatus(connector, SlotStatus.Charging);
        _ = ChargeAsync(connector, transaction);
    }

    void Started(OcppConnector connector, OcppTransaction transaction, StartTransactionResponse answer)
    {
        transaction.Id = answer.TransactionId;
        State.Change(
            connector.Number, slot => connector.Transaction == transaction ? slot with { Session = $"{answer.TransactionId}" } : slot);
        if (answer.IdTagInfo.Status != AuthorizationStatus.Accepted && Configuration.Is("StopTransactionOnInvalidId")
            && connector.Transaction == transaction)
            Stop(connector, Reason.DeAuthorized, null);
    }

    async Task ChargeAsync(OcppConnector connector, OcppTransaction transaction)
    {
        try
        {
            while (true)
            {
                var interval = Configuration.Seconds("MeterValueSampleInterval");
                await Clock.Delay(interval > TimeSpan.Zero ? interval : TimeSpan.FromMinutes(1), transaction.Ended.Token);
                Advance(connector, transaction);
                if (interval > TimeSpan.Zero) SendMeterValues(connector, transaction, ReadingContext.SamplePeriodic);
                if (transaction.Process.IsFull) SetStatus(connector, SlotStatus.SuspendedByCar);
            }
        }
        catch (OperationCanceledException)
        {
            // The transaction ended.
        }
    }

    internal void SendMeterValues(OcppConnector connector, OcppTransaction transaction, ReadingContext context)
    {
        var sample = transaction.Sample(Clock.Now, context);
        _outbox.Post(
            () => new MeterValuesRequest { ConnectorId = connector.Number, TransactionId = transaction.Id, MeterValue = [sample] });
    }

    void Advance(OcppConnector connector, OcppTransaction transaction)
    {
        lock (_lock)
        {
            if (connector.Transaction != transaction) return;
            var now = Clock.Now;
            transaction.Process.LimitW = Profiles.LimitW(connector.Number, now, transaction.StartedAt);
            transaction.Process.Advance(now - transaction.LastAdvance);
            transaction.LastAdvance = now;
            State.Change(
                connector.Number, slot => slot with { MeterWh = transaction.Process.MeterWh, PowerW = transaction.Process.PowerW });
        }
    }

    internal void Stop(OcppConnector connector, Reason reason, string? idTag, SlotStatus? then = null)
    {
        OcppTransaction? transaction;
        lock (_lock)
        {
            transaction = connector.Transaction;
            if (transaction is null) return;
            Advance(connector, transaction);
            connector.Transaction = null;
        }

        transaction.Ended.Cancel();
        var (meterStop, at) = (transaction.Process.MeterWh, transaction.LastAdvance);
        transaction.Sample(at, ReadingContext.TransactionEnd);
        // Without an answer to its start a transaction has no id to be stopped by; the start was given up, and so is this.
        _outbox.Post(() => transaction.Id is not { } id ? null : new StopTransactionRequest
        {
            IdTag = idTag,
            MeterStop = (int)meterStop,
            Timestamp = at,
            TransactionId = id,
            Reason = reason,
            TransactionData = transaction.Samples,
        });
        State.Change(connector.Number, slot => slot with { IsLocked = false, PowerW = 0, CardId = null, Session = null });
        SetStatus(connector, then ?? (connector.Vehicle is null ? SlotStatus.Available : SlotStatus.Finishing));
        if (connector is { IsInoperative: true, Vehicle: null }) ApplyAvailability(connector);
    }

    internal void SetStatus(
        OcppConnector connector, SlotStatus status, ChargePointErrorCode error = ChargePointErrorCode.NoError,
        string? info = null, string? vendorCode = null)
    {
        var before = State.Slot(connector.Number);
        var errorName = error == ChargePointErrorCode.NoError ? null : error.ToString();
        if (before.Status == status && before.Error == errorName) return;
        if (before.Status != status && !StatusMapping.IsLegal(before.Status, status))
            throw new InvalidOperationException($"{Id}: connector {connector.Number} cannot go from {before.Status} to {status}");
        State.Change(connector.Number, slot => slot with { Status = status, Error = errorName });
        Notify(connector.Number, StatusMapping.ToOcpp(status), error, info, vendorCode);
    }

    internal void Notify(int connector, ChargePointStatus status, ChargePointErrorCode error, string? info, string? vendorCode) =>
        _outbox.Notify(new StatusNotificationRequest
        {
            ConnectorId = connector,
            ErrorCode = error,
            Info = info,
            Status = status,
            Timestamp = Clock.Now,
            VendorId = vendorCode is null ? null : _options.Vendor,
            VendorErrorCode = vendorCode,
        });

    internal void NotifyAll()
    {
        Notify(0, ChargePointStatus.Available, ChargePointErrorCode.NoError, null, null);
        foreach (var connector in _connectors) NotifyOne(connector);
    }

    internal void NotifyOne(OcppConnector connector)
    {
        var slot = State.Slot(connector.Number);
        var error = slot.Error is { } name ? Enum.Parse<ChargePointErrorCode>(name) : ChargePointErrorCode.NoError;
        Notify(connector.Number, StatusMapping.ToOcpp(slot.Status), error, null, null);
    }

    internal void Send<TResponse>(IOcppRequest<TResponse> request) => _outbox.Notify(request);
}
