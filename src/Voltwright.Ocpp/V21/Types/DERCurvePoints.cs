namespace Voltwright.Ocpp.V21.Types;

/// <summary>A point of a curve.</summary>
public sealed record DERCurvePoints : Extensible
{
    public required decimal X { get; init; }
    public required decimal Y { get; init; }
}
