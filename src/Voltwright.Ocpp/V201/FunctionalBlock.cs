namespace Voltwright.Ocpp.V201;

/// <summary>The blocks of use cases that messages belong to, in the order of their letters A to S; Q to S came with 2.1.</summary>
public enum FunctionalBlock
{
    Security,
    Provisioning,
    Authorization,
    LocalAuthorizationList,
    Transactions,
    RemoteControl,
    Availability,
    Reservation,
    TariffAndCost,
    MeterValues,
    SmartCharging,
    FirmwareManagement,
    CertificateManagement,
    Diagnostics,
    DisplayMessage,
    DataTransfer,
    BidirectionalPowerTransfer,
    DERControl,
    BatterySwapping,
}
