namespace Voltwright.Ocpp.V16.Types;

/// <summary>What a charging profile limits. OCPP 1.6 §7.10.</summary>
public enum ChargingProfilePurposeType
{
    ChargePointMaxProfile,
    TxDefaultProfile,
    TxProfile,
}
