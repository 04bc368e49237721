namespace Voltwright.Ocpp.V16.Types;

/// <summary>Unit of a limit: W in total or A per phase. OCPP 1.6 §7.12.</summary>
public enum ChargingRateUnitType
{
    W,
    A,
}
