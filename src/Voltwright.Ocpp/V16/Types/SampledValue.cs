namespace Voltwright.Ocpp.V16.Types;

/// <summary>
/// One sample. Each absent field has a default: context Sample.Periodic, measurand Energy.Active.Import.Register, unit
/// Wh, location Outlet. OCPP 1.6 §7.43.
/// </summary>
public sealed record SampledValue
{
    /// <summary>A number as text, or signed data.</summary>
    public required string Value { get; init; }

    public ReadingContext? Context { get; init; }
    public ValueFormat? Format { get; init; }
    public Measurand? Measurand { get; init; }
    public Phase? Phase { get; init; }
    public Location? Location { get; init; }
    public UnitOfMeasure? Unit { get; init; }
}
