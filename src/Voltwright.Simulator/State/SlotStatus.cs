namespace Voltwright.Simulator.State;

public enum SlotStatus
{
    Available,
    Preparing,
    Charging,
    SuspendedByCar,
    SuspendedByStation,
    Finishing,
    Reserved,
    Unavailable,
    Faulted,
}
