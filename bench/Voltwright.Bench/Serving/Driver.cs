using System.Diagnostics;
using Voltwright.Simulator;
using Voltwright.Simulator.State;

namespace Voltwright.Bench.Serving;

/// <summary>A driver at a station: taps, waits for the light, charges, taps again, leaves.</summary>
internal sealed class Driver(VirtualStation station, string cardId)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Milliseconds from holding the card before the reader to the station's answer, and to its first LED command.</summary>
    public async Task<(double Answer, double Led)> TapAsync(int slot)
    {
        var lit = station.State.WaitForChangeAsync(
            "a LED", change => change.Subject.StartsWith("led ", StringComparison.Ordinal) && change.State is LedState { Action: not "off" }, Patience);
        var started = Stopwatch.GetTimestamp();
        await station.TapAsync(cardId, slot);
        var answered = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var led = Stopwatch.GetElapsedTime(started, (await lit).Timestamp).TotalMilliseconds;
        return (answered, led);
    }

    /// <summary>A whole session; gives what its first tap took.</summary>
    public async Task<(double Answer, double Led)> ChargeAsync(int slot, TimeSpan simulated, CancellationToken cancellation)
    {
        var charging = station.State.WaitForSlotAsync(
            slot, "charging", state => state is { Status: SlotStatus.Charging, Session: not null }, Patience);
        var took = await TapAsync(slot);
        await station.PlugInAsync(slot);
        await charging;
        await station.Clock.Delay(simulated, cancellation);
        await station.TapAsync(cardId, slot);
        await station.State.WaitForSlotAsync(slot, "ended and unlocked", state => state is { Session: null, IsLocked: false }, Patience);
        await station.UnplugAsync(slot);
        return took;
    }
}
