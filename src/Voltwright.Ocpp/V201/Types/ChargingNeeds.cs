using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>What a car wants: way of transfer, until when, within which bounds.</summary>
public sealed record ChargingNeeds : Extensible
{
    public ACChargingParameters? AcChargingParameters { get; init; }
    public DCChargingParameters? DcChargingParameters { get; init; }
    public required EnergyTransferMode RequestedEnergyTransfer { get; init; }
    public DateTimeOffset? DepartureTime { get; init; }
    [Since21] public DERChargingParameters? DerChargingParameters { get; init; }
    [Since21] public EVEnergyOffer? EvEnergyOffer { get; init; }
    [Since21] public V2XChargingParameters? V2xChargingParameters { get; init; }
    [Since21, Items(1)] public IReadOnlyList<EnergyTransferMode>? AvailableEnergyTransfer { get; init; }
    [Since21] public ControlMode? ControlMode { get; init; }
    [Since21] public MobilityNeedsMode? MobilityNeedsMode { get; init; }
}

public enum ControlMode
{
    ScheduledControl,
    DynamicControl,
}

public enum MobilityNeedsMode
{
    EVCC,
    [JsonStringEnumMemberName("EVCC_SECC")] EVCCSECC,
}
