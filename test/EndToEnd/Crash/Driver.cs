using Voltwright.Simulator;
using Voltwright.Simulator.State;

namespace Voltwright.EndToEnd.Crash;

/// <summary>
/// Charges at one slot again and again, whatever becomes of the server: plugs in, taps until current flows, charges a while, taps
/// until the cable comes free.
/// </summary>
internal sealed class Driver(VirtualStation station, int slot, string card, Random random)
{
    /// <summary>A tap sooner would be the same tap as the one that ended the session.</summary>
    public static readonly TimeSpan BeforeTheNext = TimeSpan.FromSeconds(4);

    /// <summary>Longer than a restart of the server takes, and than the window in which a second tap is the same tap.</summary>
    private static readonly TimeSpan BetweenTaps = TimeSpan.FromSeconds(8);

    public int Charged { get; private set; }

    private SlotState Slot => station.State.Slot(slot);

    private bool IsCharging => Slot.Status is SlotStatus.Charging or SlotStatus.SuspendedByCar or SlotStatus.SuspendedByStation;

    public async Task ChargeUntilAsync(CancellationToken finish)
    {
        while (!finish.IsCancellationRequested)
        {
            await station.PlugInAsync(slot);
            while (!IsCharging && !finish.IsCancellationRequested)
                await TapAndWaitAsync(state => state.Status == SlotStatus.Charging);
            if (IsCharging)
                Charged++;
            await PauseAsync(TimeSpan.FromMilliseconds(random.Next(300, 1500)));
            await LeaveAsync();
            await PauseAsync(BeforeTheNext);
        }
    }

    /// <summary>Taps until the station lets go of the cable.</summary>
    public async Task LeaveAsync()
    {
        while (Slot.IsPlugged)
        {
            if (IsCharging)
                await TapAndWaitAsync(state => state.Status != SlotStatus.Charging && !state.IsLocked);
            else if (Slot.IsLocked)
                await WaitAsync(state => !state.IsLocked || state.Status == SlotStatus.Charging);
            if (!IsCharging && !Slot.IsLocked)
                await station.UnplugAsync(slot);
        }
    }

    private async Task TapAndWaitAsync(Func<SlotState, bool> wanted)
    {
        var arrived = WaitAsync(wanted);
        // Whoever's card the current flows for: with several drivers at one station the lease may be another slot's.
        await station.TapAsync(Slot.CardId ?? card, slot);
        await arrived;
    }

    /// <summary>Until it is as wanted, or it is time for another tap.</summary>
    private async Task WaitAsync(Func<SlotState, bool> wanted)
    {
        try
        {
            await station.State.WaitForSlotAsync(slot, "as wanted", wanted, BetweenTaps);
        }
        catch (TimeoutException)
        {
            // The tap was lost with the server, or the way back was: the driver taps again.
        }
    }

    private static Task PauseAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
