namespace Voltwright.Ocpp.V16.Types;

/// <summary>State of a connector; connector 0 knows only Available, Unavailable and Faulted. OCPP 1.6 §7.7.</summary>
public enum ChargePointStatus
{
    Available,
    Preparing,
    Charging,
    SuspendedEVSE,
    SuspendedEV,
    Finishing,
    Reserved,
    Unavailable,
    Faulted,
}
