using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator;

/// <summary>A simulated station: what a driver, the weather or an installer can do to it, and what can be seen of it.</summary>
public abstract class VirtualStation : IAsyncDisposable
{
    /// <summary>How long waits are patient unless told otherwise; real time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected VirtualStation(string id, int slots, SimulationClock clock)
    {
        (Id, Clock) = (id, clock);
        State = new StationState(id, slots, clock);
    }

    public string Id { get; }

    public SimulationClock Clock { get; }

    public StationState State { get; }

    /// <summary>Counts what the station says and hears.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Switches the station on: connects, introduces itself, keeps reconnecting. Returns when it is ready for drivers.</summary>
    public abstract Task StartAsync(CancellationToken cancellation = default);

    /// <summary>Holds a card before the reader. Returns when the station has done what it does at once.</summary>
    /// <param name="slot">Of stations with one reader a slot.</param>
    public abstract Task<TapResult> TapAsync(string cardId, int? slot = null);

    public abstract Task PlugInAsync(int slot, Vehicle? vehicle = null);

    /// <summary>Pulls the cable out; false when it is locked.</summary>
    public abstract Task<bool> UnplugAsync(int slot);

    /// <summary>Breaks a slot, or the whole station.</summary>
    /// <param name="code">One of OCPP's error codes, such as <c>GroundFailure</c>.</param>
    public abstract Task FaultAsync(int? slot, string code, string? info = null, string? vendorCode = null);

    public abstract Task RecoverAsync(int? slot);

    public abstract Task OpenDoorAsync();

    /// <summary>Loses the network until <see cref="GoOnlineAsync"/>; the station goes on by itself.</summary>
    public abstract Task GoOfflineAsync();

    public abstract Task GoOnlineAsync();

    /// <summary>Drops the connection without a goodbye; the station reconnects by itself.</summary>
    public abstract Task CrashAsync();

    /// <summary>Says what is left to say, if somebody listens, and switches off.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Messages that wait to be sent or answered, those kept offline included.</summary>
    public abstract int WaitingMessages { get; }

    /// <summary>Waits until everything is said, for as long as the station is connected.</summary>
    protected async Task SayTheRestAsync()
    {
        var began = Clock.Time.GetTimestamp();
        while (WaitingMessages > 0 && State.IsConnected && Clock.Time.GetElapsedTime(began) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(5), Clock.Time);
    }

    /// <summary>Waits for the next change of a LED that fits; arm it before the action.</summary>
    public async Task<LedState> WaitForLedAsync(
        string led, Func<LedState, bool>? fits = null, string expected = "any change", TimeSpan? patience = null)
    {
        var change = await State.WaitForChangeAsync(
            $"led {led}: {expected}",
            seen => seen.Subject == $"led {led}" && seen.State is LedState state && (fits is null || fits(state)),
            patience ?? Patience);
        return (LedState)change.State;
    }

    public Task<LedState> WaitForLedColorAsync(string led, string color, TimeSpan? patience = null) =>
        WaitForLedAsync(led, state => state.Color == color && state.Action != "off", color, patience);

    public Task WaitForStatusAsync(int slot, SlotStatus status, TimeSpan? patience = null) =>
        State.WaitForSlotAsync(slot, status.ToString(), state => state.Status == status, patience ?? Patience);

    public Task WaitForLockAsync(int slot, bool locked, TimeSpan? patience = null) =>
        State.WaitForSlotAsync(slot, locked ? "locked" : "unlocked", state => state.IsLocked == locked, patience ?? Patience);

    /// <summary>Waits until the slot has delivered so much since the wait began.</summary>
    public Task WaitForEnergyAsync(int slot, long energyWh, TimeSpan? patience = null)
    {
        var goal = State.Slot(slot).MeterWh + energyWh;
        return State.WaitForSlotAsync(slot, $"meter at {goal} Wh", state => state.MeterWh >= goal, patience ?? Patience);
    }

    public Task WaitForConnectionAsync(bool connected, TimeSpan? patience = null) => State.IsConnected == connected
        ? Task.CompletedTask
        : State.WaitForChangeAsync(
            connected ? "connected" : "disconnected",
            change => change.Subject == "station" && Equals(change.State, connected ? "connected" : "disconnected"),
            patience ?? Patience);
}

/// <summary>What a tap led to at once.</summary>
public abstract record TapResult
{
    /// <summary>The station has told somebody who decides later.</summary>
    public sealed record Reported : TapResult;

    /// <summary>OCPP's decision: Accepted, Blocked, Expired, Invalid or ConcurrentTx.</summary>
    public sealed record Decided(string Status) : TapResult;

    /// <summary>The station stopped the card's own charging without asking.</summary>
    public sealed record Stopped(int Slot) : TapResult;

    /// <summary>Nobody answered, and the station does not decide alone.</summary>
    public sealed record Unanswered(string Why) : TapResult;
}
