using Voltwright.Simulator.Charging;
using Voltwright.Simulator.State;

namespace Voltwright.Simulator.Fleets;

/// <summary>One driver after another at one station: arrives, taps, plugs in, charges, taps, leaves.</summary>
sealed class SeededDriver(VirtualStation station, string cardId, Random random, FleetCounters counters)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Lets drivers come until told to stop; the last one finishes.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!await IdleAsync(stop)) return;
            try
            {
                await SessionAsync(stop);
            }
            catch (TimeoutException late)
            {
                counters.Problem(late.Message);
                await LeaveAsync();
            }
        }
    }

    async Task<bool> IdleAsync(CancellationToken stop)
    {
        try
        {
            await station.Clock.Delay(TimeSpan.FromSeconds(random.Next(10, 300)), stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task SessionAsync(CancellationToken stop)
    {
        var slot = Enumerable.Range(
            1, station.State.SlotCount).FirstOrDefault(number => station.State.Slot(number).Status == SlotStatus.Available);
        if (slot == 0) return;
        var charging = station.State.WaitForSlotAsync(
            slot, "charging", state => state is { Status: SlotStatus.Charging, Session: not null }, Patience);
        if (await station.TapAsync(cardId, slot) is TapResult.Decided { Status: not "Accepted" } or TapResult.Unanswered)
        {
            counters.Refused();
            _ = charging.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            return;
        }

        await station.PlugInAsync(slot, Vehicle.Random(random));
        var meterStart = station.State.Slot(slot).MeterWh;
        await charging;
        counters.Started();
        await ChargeAsync(stop);
        await station.TapAsync(cardId, slot);
        await station.State.WaitForSlotAsync(slot, "ended and unlocked", state => state is { Session: null, IsLocked: false }, Patience);
        var energyWh = station.State.Slot(slot).MeterWh - meterStart;
        if (!await station.UnplugAsync(slot)) counters.Problem($"{station.Id}: the cable of slot {slot} is held after the session");
        counters.Ended(energyWh);
    }

    async Task ChargeAsync(CancellationToken stop)
    {
        try
        {
            await station.Clock.Delay(TimeSpan.FromMinutes(random.Next(2, 30)), stop);
        }
        catch (OperationCanceledException)
        {
            // The fleet closes: this driver leaves early, but properly.
        }
    }

    async Task LeaveAsync()
    {
        for (var slot = 1; slot <= station.State.SlotCount; slot++)
        {
            if (station.State.Slot(slot).IsPlugged) await station.UnplugAsync(slot);
        }
    }
}
