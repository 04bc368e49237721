namespace Voltwright.Ocpp.V201.Types;

public enum RequestStartStopStatus
{
    Accepted,
    Rejected,
}
