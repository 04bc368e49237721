namespace Voltwright.Simulator.Tests;

static class Waiting
{
    /// <summary>Waits until a slot's charging has its id.</summary>
    public static Task WaitForSlotSessionAsync(this VirtualStation station, int slot) =>
        station.State.WaitForSlotAsync(slot, "with a session", state => state.Session is not null, VirtualStation.Patience);
}
