using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A fixed power factor as it is set.</summary>
public sealed record FixedPFGet : Extensible
{
    public required FixedPF FixedPF { get; init; }
    [Text(36)] public required string Id { get; init; }
    public required bool IsDefault { get; init; }
    public required bool IsSuperseded { get; init; }
}
