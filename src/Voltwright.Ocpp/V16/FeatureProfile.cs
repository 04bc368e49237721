namespace Voltwright.Ocpp.V16;

/// <summary>Groups in which a station supports messages (OCPP 1.6 §3.3), and the extension of the security whitepaper.</summary>
public enum FeatureProfile
{
    Core,
    Firmware,
    LocalAuthList,
    Reservation,
    SmartCharging,
    RemoteTrigger,
    Security,
}
