using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How power follows the grid's frequency.</summary>
public sealed record FreqDroop : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    public required decimal OverFreq { get; init; }
    public required decimal UnderFreq { get; init; }
    public required decimal OverDroop { get; init; }
    public required decimal UnderDroop { get; init; }
    public required decimal ResponseTime { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public decimal? Duration { get; init; }
}
