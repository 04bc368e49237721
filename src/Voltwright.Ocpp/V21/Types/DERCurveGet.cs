using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A curve as it is set.</summary>
public sealed record DERCurveGet : Extensible
{
    public required DERCurve Curve { get; init; }
    [Text(36)] public required string Id { get; init; }
    public required DERControl CurveType { get; init; }
    public required bool IsDefault { get; init; }
    public required bool IsSuperseded { get; init; }
}
