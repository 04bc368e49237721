using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>When to connect to the grid.</summary>
public sealed record EnterService : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    public required decimal HighVoltage { get; init; }
    public required decimal LowVoltage { get; init; }
    public required decimal HighFreq { get; init; }
    public required decimal LowFreq { get; init; }
    public decimal? Delay { get; init; }
    public decimal? RandomDelay { get; init; }
    public decimal? RampRate { get; init; }
}
