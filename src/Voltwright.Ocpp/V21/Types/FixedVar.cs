using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A fixed reactive power.</summary>
public sealed record FixedVar : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    public required decimal Setpoint { get; init; }
    public required DERUnit Unit { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public decimal? Duration { get; init; }
}
