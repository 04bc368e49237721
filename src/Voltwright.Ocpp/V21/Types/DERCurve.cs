using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A curve that the station follows for the grid.</summary>
public sealed record DERCurve : Extensible
{
    [Items(1, 10)] public required IReadOnlyList<DERCurvePoints> CurveData { get; init; }
    public Hysteresis? Hysteresis { get; init; }
    [AtLeast(0)] public required int Priority { get; init; }
    public ReactivePowerParams? ReactivePowerParams { get; init; }
    public VoltageParams? VoltageParams { get; init; }
    public required DERUnit YUnit { get; init; }
    public decimal? ResponseTime { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public decimal? Duration { get; init; }
}
