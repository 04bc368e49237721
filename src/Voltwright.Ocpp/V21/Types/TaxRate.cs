using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A tax, percent.</summary>
public sealed record TaxRate : Extensible
{
    [Text(20)] public required string Type { get; init; }
    public required decimal Tax { get; init; }
    [AtLeast(0)] public int? Stack { get; init; }
}
