namespace Voltwright.Ocpp.V201.Types;

/// <summary>What made an event: wired in, set by the vendor, or set by the operator.</summary>
public enum EventNotification
{
    HardWiredNotification,
    HardWiredMonitor,
    PreconfiguredMonitor,
    CustomMonitor,
}
