using System.Collections.Concurrent;
using System.Globalization;
using Voltwright.Ocpp;
using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V201;
using Voltwright.Ocpp.V201.Types;
using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;
using Voltwright.Simulator.Ocpp;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>
/// A simulated station that is a real OCPP 2.0.1 or 2.1 client. This file: its life and its driver; <c>Ocpp2Station.Charging.cs</c>: plugs
/// and transactions; <see cref="Ocpp2Commands"/>: what the management system may ask of it.
/// </summary>
public sealed partial class Ocpp2Station : VirtualStation
{
    readonly OcppStationOptions _options;
    readonly OcppLine _line;
    readonly Outbox _outbox;
    readonly Evse[] _evses;
    readonly Lock _lock = new();
    readonly CancellationTokenSource _off = new();
    readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task _sending = Task.CompletedTask;
    BootReason? _boot = BootReason.PowerUp;
    int _eventId;

    /// <param name="version">2.0.1 or 2.1.</param>
    public Ocpp2Station(OcppStationOptions options, OcppVersion version, SimulationClock? clock = null)
        : base(options.Id, options.Connectors, clock ?? new SimulationClock(TimeProvider.System))
    {
        _options = options;
        Firmware = options.Firmware;
        Device = new DeviceModel(options);
        Device.Written += Show;
        _evses = [.. Enumerable.Range(1, options.Connectors).Select(number => new Evse(number))];
        foreach (var evse in _evses) State.Change(evse.Number, slot => slot with { MeterWh = options.MeterStartWh });
        var protocol = version == OcppVersion.V21 ? Ocpp21.Protocol : Ocpp201.Protocol;
        var table = version == OcppVersion.V21 ? Ocpp2Commands.Table21 : Ocpp2Commands.Table201;
        _line = new OcppLine(options, protocol, options.IsMute ? Silence : table.For(this), State, Traffic, Clock) { Greet = GreetAsync };
        var rule = new RetryRule(() => Device.Number("MessageAttempts"), () => Device.Seconds("MessageAttemptInterval"));
        _outbox = new Outbox(_line, rule, Traffic, Clock, options.RepeatsTransactionMessages);
    }

    public DeviceModel Device { get; }

    public TokenList LocalList { get; } = new();

    public string Firmware { get; internal set; }

    public override int WaitingMessages => _outbox.Waiting;

    internal ProfileStore Profiles { get; } = new();

    internal Displays Displays { get; } = new();

    internal Keyring Keyring { get; } = new();

    internal DerControls DerControls { get; } = new();

    internal LocalController LocalController { get; } = new();

    internal TariffStore Tariffs { get; } = new();

    internal Monitors Monitors { get; } = new();

    /// <summary>Open event streams by their id.</summary>
    internal ConcurrentDictionary<int, ConstantStreamData> Streams { get; } = new();

    internal CancellationToken SwitchedOff => _off.Token;

    internal IReadOnlyList<Evse> Evses => _evses;

    public override async Task StartAsync(CancellationToken cancellation = default)
    {
        _sending = _outbox.RunAsync(_off.Token);
        _line.Start();
        try
        {
            await _accepted.Task.WaitAsync(Patience, Clock.Time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"{Id} was not accepted by {_options.Endpoint} within {Patience.TotalSeconds} s: {_line.LastFailure ?? "no answer"}");
        }
    }

    public override async Task<TapResult> TapAsync(string cardId, int? slot = null)
    {
        if (_options.StopsLocally && Find(cardId) is { } charging)
        {
            Stop(charging, TriggerReason.StopAuthorized, Reason.Local, cardId);
            return new TapResult.Stopped(charging.Number);
        }

        var outcome = await _outbox.AskAsync(new AuthorizeRequest { IdToken = Token(cardId) }, _options.Peer.CallTimeout);
        switch (outcome)
        {
            case CallOutcome<AuthorizeResponse>.Answered { Response.IdTokenInfo.Status: var status }:
                if (status == AuthorizationStatus.Accepted && Find(cardId) is null && _options.StartsLocally) Admit(cardId, slot, null);
                return new TapResult.Decided(status.ToString());
            case CallOutcome<AuthorizeResponse>.Disconnected when _options.ChargesOffline || LocalList.Allows(cardId):
                Admit(cardId, slot, null);
                return new TapResult.Decided("Accepted");
            default:
                return new TapResult.Unanswered(outcome.ToString());
        }
    }

    public override Task FaultAsync(int? slot, string code, string? info = null, string? vendorCode = null)
    {
        NotifyProblem(slot, true, code, info);
        if (slot is not { } number) return Task.CompletedTask;
        var evse = _evses[number - 1];
        if (evse.Transaction is not null) Stop(evse, TriggerReason.AbnormalCondition, Reason.Other, null, SlotStatus.Faulted);
        SetStatus(evse, SlotStatus.Faulted);
        return Task.CompletedTask;
    }

    public override Task RecoverAsync(int? slot)
    {
        NotifyProblem(slot, false, null, null);
        if (slot is { } number)
        {
            var evse = _evses[number - 1];
            SetStatus(evse, evse.IsInoperative ? SlotStatus.Unavailable : evse.Vehicle is null ? SlotStatus.Available : SlotStatus.Preparing);
        }

        return Task.CompletedTask;
    }

    public override Task OpenDoorAsync()
    {
        _outbox.Notify(new SecurityEventNotificationRequest
        {
            Type = "TamperDetectionActivated",
            Timestamp = Clock.Now,
            TechInfo = "door opened",
        });
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

    /// <summary>From now on the cable of an EVSE does not come free when asked.</summary>
    public void Jam(int evse, bool jammed = true) => _evses[evse - 1].IsJammed = jammed;

    public override async ValueTask DisposeAsync()
    {
        foreach (var evse in _evses) evse.Transaction?.Ended.Cancel();
        await SayTheRestAsync();
        await _line.DisposeAsync();
        await _off.CancelAsync();
        await _sending;
    }

    /// <summary>Waits until the station may say what it likes.</summary>
    internal Task ReadyAsync() => _line.ReadyAsync(_off.Token);

    internal void Send<TResponse>(IOcppRequest<TResponse> request) => _outbox.Notify(request);

    internal Task<CallOutcome<TResponse>> AskAsync<TResponse>(IOcppRequest<TResponse> request) =>
        _outbox.AskAsync(request, _options.Peer.CallTimeout);

    /// <summary>A message that has no answer, as 2.1 sends the values of event streams.</summary>
    internal Task SendStreamAsync(NotifyPeriodicEventStreamRequest values) =>
        _line.Peer is { } peer ? peer.SendAsync(values) : Task.CompletedTask;

    internal BootNotificationRequest BootNotification(BootReason reason) => new()
    {
        ChargingStation = new ChargingStation
        {
            SerialNumber = $"VW-{_options.Id}"[..Math.Min(25, _options.Id.Length + 3)],
            Model = _options.Model,
            VendorName = _options.Vendor,
            FirmwareVersion = Firmware,
        },
        Reason = reason,
    };

    internal static IdToken Token(string cardId) => new() { Value = cardId, Type = nameof(IdTokenType.ISO14443) };

    async Task GreetAsync(OcppPeer peer, CancellationToken cancellation)
    {
        if (_boot is { } reason) await BootAsync(peer, reason, cancellation);
        else if (_options.BootsOnReconnect) await BootAsync(peer, BootReason.Unknown, cancellation);
        _boot = null;
        _line.Ready(peer);
        foreach (var evse in _evses) NotifyStatus(evse);
        _accepted.TrySetResult();
        while (true)
        {
            await Task.Delay(Device.Seconds("HeartbeatInterval"), Clock.Time, cancellation);
            await _line.CallAsync(peer, new HeartbeatRequest());
        }
    }

    async Task BootAsync(OcppPeer peer, BootReason reason, CancellationToken cancellation)
    {
        while (true)
        {
            var interval = 10;
            if (await _line.CallAsync(peer, BootNotification(reason)) is CallOutcome<BootNotificationResponse>.Answered { Response: var answer })
            {
                interval = answer.Interval;
                if (answer.Status == RegistrationStatus.Accepted)
                {
                    if (interval > 0) Device.Put("HeartbeatInterval", interval.ToString(CultureInfo.InvariantCulture));
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Max(interval, 1)), Clock.Time, cancellation);
        }
    }

    void NotifyProblem(int? slot, bool isThere, string? code, string? info) => _outbox.Notify(new NotifyEventRequest
    {
        GeneratedAt = Clock.Now,
        SeqNo = 0,
        EventData =
        [
            new EventData
            {
                EventId = Interlocked.Increment(ref _eventId),
                Timestamp = Clock.Now,
                Trigger = EventTrigger.Alerting,
                ActualValue = isThere ? "true" : "false",
                Cleared = isThere ? null : true,
                TechCode = code,
                TechInfo = info,
                Component = slot is { } number
                    ? new Component { Name = "Connector", Evse = new EVSE { Id = number, ConnectorId = 1 } }
                    : new Component { Name = "ChargingStation" },
                Variable = new Variable { Name = "Problem" },
                EventNotificationType = EventNotification.HardWiredNotification,
            },
        ],
    });

    /// <summary>A light is two variables, a lock one: what can be seen follows them.</summary>
    void Show(Component component, string variable, string value)
    {
        if (component is { Name: "ConnectorPlugRetentionLock", Evse: { } held } && variable == "Active")
            State.Change(held.Id, slot => slot with { IsLocked = value == "true" });
        if (component.Name is not ("ChargingStatusIndicator" or "BeaconLighting")) return;
        var led = component.Evse is { } evse ? evse.Id.ToString(CultureInfo.InvariantCulture) : "main";
        var isOn = Device.Read(component, "Active") == "true";
        if (variable == "Active") State.SetLed(led, new LedState(isOn ? "on" : "off", Device.Read(component, "Color")));
        else if (isOn) State.SetLed(led, new LedState("on", value));
    }

    static Task<OcppAnswer> Silence(string action, System.Text.Json.JsonElement payload, CancellationToken cancellation)
    {
        var never = new TaskCompletionSource<OcppAnswer>();
        cancellation.Register(() => never.TrySetCanceled());
        return never.Task;
    }
}
