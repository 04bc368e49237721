namespace Voltwright.Ocpp.V201.Types;

public enum ChargingProfileStatus
{
    Accepted,
    Rejected,
}
