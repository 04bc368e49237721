using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A fixed power factor.</summary>
public sealed record FixedPF : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    public required decimal Displacement { get; init; }
    public required bool Excitation { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public decimal? Duration { get; init; }
}
