using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price from a power on.</summary>
public sealed record PriceRule : Extensible
{
    public int? ParkingFeePeriod { get; init; }
    [AtLeast(0)] public int? CarbonDioxideEmission { get; init; }
    [AtLeast(0), AtMost(100)] public int? RenewableGenerationPercentage { get; init; }
    public required RationalNumber EnergyFee { get; init; }
    public RationalNumber? ParkingFee { get; init; }
    public required RationalNumber PowerRangeStart { get; init; }
}
