using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How much may be fed back at most.</summary>
public sealed record LimitMaxDischarge : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    public decimal? PctMaxDischargePower { get; init; }
    public DERCurve? PowerMonitoringMustTrip { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public decimal? Duration { get; init; }
}
