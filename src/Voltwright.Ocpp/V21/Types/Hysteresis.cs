namespace Voltwright.Ocpp.V21.Types;

/// <summary>When a curve lets go again.</summary>
public sealed record Hysteresis : Extensible
{
    public decimal? HysteresisHigh { get; init; }
    public decimal? HysteresisLow { get; init; }
    public decimal? HysteresisDelay { get; init; }
    public decimal? HysteresisGradient { get; init; }
}
