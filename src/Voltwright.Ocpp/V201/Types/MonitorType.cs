using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>When a monitor fires.</summary>
public enum MonitorType
{
    UpperThreshold,
    LowerThreshold,
    Delta,
    Periodic,
    PeriodicClockAligned,
    [Since21] TargetDelta,
    [Since21] TargetDeltaRelative,
}
