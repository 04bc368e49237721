using System.Text.Json;
using System.Text.Json.Nodes;
using Voltwright.Ocpp.Payloads;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Mqtt;

/// <summary>A simulated native station: a real MQTT client that speaks CloudEvents, with a reader, LEDs, locks and meters.</summary>
public sealed class MqttStation : VirtualStation
{
    readonly MqttStationOptions _options;
    readonly MqttLine _line;
    readonly MqttSlot[] _slots;
    readonly Lock _lock = new();

    public MqttStation(MqttStationOptions options, SimulationClock? clock = null)
        : base(options.Id, options.Slots, clock ?? new SimulationClock(TimeProvider.System))
    {
        _options = options;
        _slots = [.. Enumerable.Range(1, options.Slots).Select(number => new MqttSlot(number))];
        foreach (var slot in _slots) State.Change(slot.Number, state => state with { MeterWh = options.MeterStartWh });
        _line = new MqttLine(options, State, Traffic, Clock, command => NativeCommands.ObeyAsync(this, command));
    }

    public override int WaitingMessages => _line.Waiting;

    public override async Task StartAsync(CancellationToken cancellation = default)
    {
        _line.Start();
        try
        {
            await _line.ConnectedAsync(Patience).WaitAsync(cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"{Id} did not get to {_options.Host}:{_options.Port} within {Patience.TotalSeconds} s: "
                + (_line.LastFailure ?? "no answer"));
        }

        Boot();
    }

    public override Task<TapResult> TapAsync(string cardId, int? slot = null)
    {
        var data = new JsonObject { ["cardId"] = cardId };
        if (slot is { } number) data["slotNumber"] = number;
        _line.Publish("card-scanned", data);
        return Task.FromResult<TapResult>(new TapResult.Reported());
    }

    public override Task PlugInAsync(int slot, Vehicle? vehicle = null)
    {
        var plug = _slots[slot - 1];
        (string? SessionId, string CardId)? start;
        lock (_lock)
        {
            plug.Vehicle = vehicle ?? new Vehicle();
            (start, plug.Ordered) = (plug.Ordered, null);
        }

        State.Change(slot, state => state with { IsPlugged = true });
        if (State.Slot(slot).Status == SlotStatus.Available) SetStatus(plug, SlotStatus.Preparing);
        if (start is { } order) Start(plug, order.SessionId, order.CardId);
        return Task.CompletedTask;
    }

    public override Task<bool> UnplugAsync(int slot)
    {
        if (State.Slot(slot).IsLocked) return Task.FromResult(false);
        var plug = _slots[slot - 1];
        Stop(plug, "EVDisconnected");
        lock (_lock) plug.Vehicle = null;
        State.Change(slot, state => state with { IsPlugged = false });
        if (State.Slot(slot).Status is SlotStatus.Preparing or SlotStatus.Finishing) SetStatus(plug, SlotStatus.Available);
        return Task.FromResult(true);
    }

    public override Task FaultAsync(int? slot, string code, string? info = null, string? vendorCode = null)
    {
        var error = new JsonObject { ["code"] = code, ["info"] = info ?? "" };
        if (vendorCode is not null) error["vendorCode"] = vendorCode;
        var data = new JsonObject { ["error"] = error };
        if (slot is { } number)
        {
            Stop(_slots[number - 1], "Fault");
            State.Change(number, state => state with { Status = SlotStatus.Faulted, Error = code });
            data["slotNumber"] = number;
        }

        _line.Publish("faulted", data);
        return Task.CompletedTask;
    }

    public override Task RecoverAsync(int? slot)
    {
        var data = new JsonObject();
        if (slot is { } number)
        {
            var status = _slots[number - 1].Vehicle is null ? SlotStatus.Available : SlotStatus.Preparing;
            State.Change(number, state => state with { Status = status, Error = null });
            data["slotNumber"] = number;
        }

        _line.Publish("recovered", data);
        return Task.CompletedTask;
    }

    public override Task OpenDoorAsync()
    {
        _line.Publish("door-opened", []);
        return Task.CompletedTask;
    }

    public override Task GoOfflineAsync() => _line.GoOfflineAsync();

    public override Task GoOnlineAsync()
    {
        _line.GoOnline();
        return WaitForConnectionAsync(true);
    }

    public override Task CrashAsync()
    {
        _line.Crash();
        return Task.CompletedTask;
    }

    /// <summary>From now on a slot's lock does not move when asked.</summary>
    public void Jam(int slot, bool jammed = true) => _slots[slot - 1].IsJammed = jammed;

    public override async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots) slot.Ended?.Cancel();
        await SayTheRestAsync();
        await _line.DisposeAsync();
    }

    internal MqttSlot? Slot(int number) => number >= 1 && number <= _slots.Length ? _slots[number - 1] : null;

    internal void Boot()
    {
        _line.Publish("booted", new JsonObject
        {
            ["vendor"] = _options.Vendor,
            ["model"] = _options.Model,
            ["firmware"] = _options.Firmware,
            ["serial"] = $"VW-{Id}",
        });
        foreach (var slot in _slots) PublishStatus(slot);
    }

    internal void Reboot()
    {
        foreach (var slot in _slots) Stop(slot, "Reboot");
        Boot();
    }

    internal void Start(MqttSlot slot, string? sessionId, string cardId)
    {
        lock (_lock)
        {
            if (slot.Process is not null) return;
            if (slot.Vehicle is not { } vehicle)
            {
                slot.Ordered = (sessionId, cardId);
                return;
            }

            slot.Begin(vehicle, State.Slot(slot.Number).MeterWh, Clock.Now);
        }

        var state = State.Change(slot.Number, before => before with { CardId = cardId, Session = sessionId });
        _line.Publish("charging-started", Data(slot, state, ("cardId", cardId), ("meterStartWh", state.MeterWh)));
        SetStatus(slot, SlotStatus.Charging);
        _ = ChargeAsync(slot, slot.Ended!.Token);
    }

    internal void Stop(MqttSlot slot, string reason)
    {
        lock (_lock)
        {
            slot.Ordered = null;
            if (slot.Process is null) return;
            Advance(slot);
            slot.End();
        }

        var state = State.Slot(slot.Number);
        _line.Publish("charging-stopped", Data(slot, state, ("meterStopWh", state.MeterWh), ("reason", reason)));
        State.Change(slot.Number, before => before with { PowerW = 0, CardId = null, Session = null });
        SetStatus(slot, slot.Vehicle is null ? SlotStatus.Available : SlotStatus.Finishing);
    }

    internal void SetLock(MqttSlot slot, bool locked)
    {
        State.Change(slot.Number, state => state with { IsLocked = locked });
        PublishStatus(slot);
    }

    internal void Later(Action act) => _ = LaterAsync(act);

    async Task LaterAsync(Action act)
    {
        await Task.Delay(_options.Reaction, Clock.Time, CancellationToken.None);
        act();
    }

    async Task ChargeAsync(MqttSlot slot, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Clock.Delay(_options.MeterInterval, ended);
                SlotState state;
                lock (_lock)
                {
                    if (ended.IsCancellationRequested) return;
                    Advance(slot);
                    state = State.Slot(slot.Number);
                    _line.Publish("meter-values", Data(slot, state, ("meterWh", state.MeterWh), ("powerW", state.PowerW)));
                }

                if (slot.Process is { IsFull: true }) SetStatus(slot, SlotStatus.SuspendedByCar);
            }
        }
        catch (OperationCanceledException)
        {
            // Charging ended.
        }
    }

    void Advance(MqttSlot slot)
    {
        var now = Clock.Now;
        slot.Process!.Advance(now - slot.LastAdvance);
        slot.LastAdvance = now;
        State.Change(slot.Number, state => state with { MeterWh = slot.Process.MeterWh, PowerW = slot.Process.PowerW });
    }

    void SetStatus(MqttSlot slot, SlotStatus status)
    {
        if (State.Slot(slot.Number).Status == status) return;
        State.Change(slot.Number, state => state with { Status = status, Error = null });
        PublishStatus(slot);
    }

    void PublishStatus(MqttSlot slot)
    {
        var state = State.Slot(slot.Number);
        var data = new JsonObject { ["slotNumber"] = slot.Number, ["status"] = NameOf(state.Status), ["locked"] = state.IsLocked };
        if (state.Error is { } error) data["error"] = new JsonObject { ["code"] = error };
        _line.Publish("slot-status", data);
    }

    JsonObject Data(MqttSlot slot, SlotState state, params (string Name, JsonNode? Value)[] more)
    {
        var data = new JsonObject { ["slotNumber"] = slot.Number, ["at"] = OcppTime.Write(Clock.Now) };
        if (state.Session is { } session) data["sessionId"] = session;
        foreach (var (name, value) in more) data[name] = value;
        return data;
    }

    static string NameOf(SlotStatus status) => status switch
    {
        SlotStatus.SuspendedByCar or SlotStatus.SuspendedByStation => "suspended",
        _ => status.ToString().ToLowerInvariant(),
    };
}
