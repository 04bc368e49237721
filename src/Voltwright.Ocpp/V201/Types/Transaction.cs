using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A transaction as it stands.</summary>
public sealed record Transaction : Extensible
{
    [Text(36)] public required string TransactionId { get; init; }
    public ChargingState? ChargingState { get; init; }

    /// <summary>Seconds in which energy flowed.</summary>
    public int? TimeSpentCharging { get; init; }

    public Reason? StoppedReason { get; init; }
    public int? RemoteStartId { get; init; }
    [Since21] public OperationMode? OperationMode { get; init; }
    [Since21, Text(60)] public string? TariffId { get; init; }
    [Since21] public TransactionLimit? TransactionLimit { get; init; }
}

public enum ChargingState
{
    EVConnected,
    Charging,
    SuspendedEV,
    SuspendedEVSE,
    Idle,
}

public enum Reason
{
    DeAuthorized,
    EmergencyStop,
    EnergyLimitReached,
    EVDisconnected,
    GroundFault,
    ImmediateReset,
    MasterPass,
    Local,
    LocalOutOfCredit,
    Other,
    OvercurrentFault,
    PowerLoss,
    PowerQuality,
    Reboot,
    Remote,
    SOCLimitReached,
    StoppedByEV,
    TimeLimitReached,
    Timeout,
    [Since21] ReqEnergyTransferRejected,
}
