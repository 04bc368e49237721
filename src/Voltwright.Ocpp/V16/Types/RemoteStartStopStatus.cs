namespace Voltwright.Ocpp.V16.Types;

/// <summary>Whether the station will try. OCPP 1.6 §7.39.</summary>
public enum RemoteStartStopStatus
{
    Accepted,
    Rejected,
}
