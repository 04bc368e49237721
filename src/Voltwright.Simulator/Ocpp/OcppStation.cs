using Voltwright.Ocpp.Connection;
using Voltwright.Ocpp.V16;
using Voltwright.Ocpp.V16.Types;
using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Ocpp;

/// <summary>
/// A simulated station that is a real OCPP 1.6J client. This file: its life and its driver; <c>OcppStation.Charging.cs</c>: plugs and
/// transactions; <see cref="OcppCommands"/>: what the management system may ask of it.
/// </summary>
public sealed partial class OcppStation : VirtualStation
{
    readonly OcppStationOptions _options;
    readonly OcppLine _line;
    readonly Outbox _outbox;
    readonly OcppConnector[] _connectors;
    readonly Lock _lock = new();
    readonly CancellationTokenSource _off = new();
    readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task _sending = Task.CompletedTask;
    bool _mustBoot = true;

    public OcppStation(OcppStationOptions options, SimulationClock? clock = null)
        : base(options.Id, options.Connectors, clock ?? new SimulationClock(TimeProvider.System))
    {
        _options = options;
        Firmware = options.Firmware;
        Configuration = new StationConfiguration(options.Connectors);
        _connectors = [.. Enumerable.Range(1, options.Connectors).Select(number => new OcppConnector(number))];
        foreach (var connector in _connectors)
            State.Change(connector.Number, slot => slot with { MeterWh = options.MeterStartWh });
        var handle = options.IsMute ? Silence : OcppCommands.Table.For(this);
        _line = new OcppLine(options, Ocpp16.Protocol, handle, State, Traffic, Clock) { Greet = GreetAsync };
        var rule = new RetryRule(
            () => Configuration["TransactionMessageAttempts"], () => Configuration.Seconds("TransactionMessageRetryInterval"));
        _outbox = new Outbox(_line, rule, Traffic, Clock, options.RepeatsTransactionMessages);
    }

    public StationConfiguration Configuration { get; }

    public LocalList LocalList { get; } = new();

    public ChargingProfiles Profiles { get; } = new();

    internal Ocpp2.Keyring Keyring { get; } = new();

    public string Firmware { get; internal set; }

    internal OcppStationOptions Options => _options;

    public override int WaitingMessages => _outbox.Waiting;

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
        if (_options.StopsLocally && FindTransaction(cardId) is { } charging)
        {
            Stop(charging, Reason.Local, cardId);
            return new TapResult.Stopped(charging.Number);
        }

        var outcome = await _outbox.AskAsync(new AuthorizeRequest { IdTag = cardId }, _options.Peer.CallTimeout);
        switch (outcome)
        {
            case CallOutcome<AuthorizeResponse>.Answered { Response.IdTagInfo.Status: var status }:
                var isNew = status == AuthorizationStatus.Accepted && FindTransaction(cardId) is null;
                if (isNew && _options.StartsLocally) Admit(cardId, slot);
                return new TapResult.Decided(status.ToString());
            case CallOutcome<AuthorizeResponse>.Disconnected when _options.ChargesOffline || LocalList.Allows(cardId):
                Admit(cardId, slot);
                return new TapResult.Decided("Accepted");
            default:
                return new TapResult.Unanswered(outcome.ToString());
        }
    }

    public override Task FaultAsync(int? slot, string code, string? info = null, string? vendorCode = null)
    {
        var error = Enum.TryParse<ChargePointErrorCode>(code, out var known) ? known : ChargePointErrorCode.OtherError;
        if (slot is not { } number)
        {
            Notify(0, ChargePointStatus.Faulted, error, info, vendorCode);
            return Task.CompletedTask;
        }

        var connector = _connectors[number - 1];
        if (connector.Transaction is not null) Stop(connector, Reason.Other, null, SlotStatus.Faulted);
        SetStatus(connector, SlotStatus.Faulted, error, info, vendorCode);
        return Task.CompletedTask;
    }

    public override Task RecoverAsync(int? slot)
    {
        if (slot is { } number)
        {
            var connector = _connectors[number - 1];
            SetStatus(connector, connector.IsInoperative ? SlotStatus.Unavailable : connector.Vehicle is null ? SlotStatus.Available : SlotStatus.Preparing);
        }
        else
            Notify(0, ChargePointStatus.Available, ChargePointErrorCode.NoError, null, null);
        return Task.CompletedTask;
    }

    /// <summary>OCPP 1.6 has no word for it but a warning: an error code beside a status that goes on.</summary>
    public override Task OpenDoorAsync()
    {
        Notify(0, ChargePointStatus.Available, ChargePointErrorCode.OtherError, "door opened", "DoorOpened");
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

    /// <summary>From now on the cable of a connector does not come free when asked.</summary>
    public void Jam(int connector, bool jammed = true) => _connectors[connector - 1].IsJammed = jammed;

    public override async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors) connector.Transaction?.Ended.Cancel();
        await SayTheRestAsync();
        await _line.DisposeAsync();
        await _off.CancelAsync();
        await _sending;
        Keyring.Dispose();
    }

    /// <summary>Waits until the station may say what it likes.</summary>
    internal Task ReadyAsync() => _line.ReadyAsync(_off.Token);

    async Task GreetAsync(OcppPeer peer, CancellationToken cancellation)
    {
        if (_mustBoot || _options.BootsOnReconnect) await BootAsync(peer, cancellation);
        _mustBoot = false;
        _line.Ready(peer);
        NotifyAll();
        _accepted.TrySetResult();
        while (true)
        {
            await Task.Delay(Configuration.Seconds("HeartbeatInterval"), Clock.Time, cancellation);
            await _line.CallAsync(peer, new HeartbeatRequest());
        }
    }

    async Task BootAsync(OcppPeer peer, CancellationToken cancellation)
    {
        while (true)
        {
            var interval = 10;
            if (await _line.CallAsync(peer, BootNotification()) is CallOutcome<BootNotificationResponse>.Answered { Response: var answer })
            {
                interval = answer.Interval;
                if (answer.Status == RegistrationStatus.Accepted)
                {
                    if (interval > 0) Configuration.Write("HeartbeatInterval", $"{interval}");
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Max(interval, 1)), Clock.Time, cancellation);
        }
    }

    internal BootNotificationRequest BootNotification() => new()
    {
        ChargePointModel = _options.Model,
        ChargePointSerialNumber = $"VW-{_options.Id}"[..Math.Min(25, _options.Id.Length + 3)],
        ChargePointVendor = _options.Vendor,
        FirmwareVersion = Firmware,
    };

    static Task<OcppAnswer> Silence(string action, System.Text.Json.JsonElement payload, CancellationToken cancellation)
    {
        var never = new TaskCompletionSource<OcppAnswer>();
        cancellation.Register(() => never.TrySetCanceled());
        return never.Task;
    }
}
