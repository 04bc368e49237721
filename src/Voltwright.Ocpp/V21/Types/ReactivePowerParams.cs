namespace Voltwright.Ocpp.V21.Types;

/// <summary>The reference voltage of a curve.</summary>
public sealed record ReactivePowerParams : Extensible
{
    public decimal? VRef { get; init; }
    public bool? AutonomousVRefEnable { get; init; }
    public decimal? AutonomousVRefTimeConstant { get; init; }
}
