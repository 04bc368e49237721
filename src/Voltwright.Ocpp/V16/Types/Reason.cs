namespace Voltwright.Ocpp.V16.Types;

/// <summary>Why a transaction ended. OCPP 1.6 §7.36.</summary>
public enum Reason
{
    DeAuthorized,
    EmergencyStop,
    EVDisconnected,
    HardReset,
    Local,
    Other,
    PowerLoss,
    Reboot,
    Remote,
    SoftReset,
    UnlockCommand,
}
