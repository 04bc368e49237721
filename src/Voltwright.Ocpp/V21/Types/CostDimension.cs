namespace Voltwright.Ocpp.V21.Types;

/// <summary>An amount of what is paid for.</summary>
public sealed record CostDimension : Extensible
{
    public required CostDimensionType Type { get; init; }
    public required decimal Volume { get; init; }
}

public enum CostDimensionType
{
    Energy,
    MaxCurrent,
    MinCurrent,
    MaxPower,
    MinPower,
    IdleTIme,
    ChargingTime,
}
