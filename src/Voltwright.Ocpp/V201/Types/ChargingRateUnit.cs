namespace Voltwright.Ocpp.V201.Types;

public enum ChargingRateUnit
{
    W,
    A,
}
