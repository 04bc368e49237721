using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A price level for a time, seconds.</summary>
public sealed record PriceLevelScheduleEntry : Extensible
{
    public required int Duration { get; init; }
    [AtLeast(0)] public required int PriceLevel { get; init; }
}
