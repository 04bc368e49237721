using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

public enum MessageState
{
    Charging,
    Faulted,
    Idle,
    Unavailable,
    [Since21] Suspended,
    [Since21] Discharging,
}
