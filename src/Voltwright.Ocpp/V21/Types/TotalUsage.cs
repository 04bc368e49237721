namespace Voltwright.Ocpp.V21.Types;

/// <summary>What a transaction used: kWh, seconds.</summary>
public sealed record TotalUsage : Extensible
{
    public required decimal Energy { get; init; }
    public required int ChargingTime { get; init; }
    public required int IdleTime { get; init; }
    public int? ReservationTime { get; init; }
}
