namespace Voltwright.Ocpp.V21.Types;

/// <summary>What a car offers to feed back.</summary>
public sealed record EVEnergyOffer : Extensible
{
    public EVAbsolutePriceSchedule? EvAbsolutePriceSchedule { get; init; }
    public required EVPowerSchedule EvPowerSchedule { get; init; }
}
