using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>What a transaction cost, by kind.</summary>
public sealed record TotalCost : Extensible
{
    [Text(3)] public required string Currency { get; init; }
    public required TariffCost TypeOfCost { get; init; }
    public Price? Fixed { get; init; }
    public Price? Energy { get; init; }
    public Price? ChargingTime { get; init; }
    public Price? IdleTime { get; init; }
    public Price? ReservationTime { get; init; }
    public Price? ReservationFixed { get; init; }
    public required TotalPrice Total { get; init; }
}

public enum TariffCost
{
    NormalCost,
    MinCost,
    MaxCost,
}
