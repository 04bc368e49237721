using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A fixed reactive power as it is set.</summary>
public sealed record FixedVarGet : Extensible
{
    public required FixedVar FixedVar { get; init; }
    [Text(36)] public required string Id { get; init; }
    public required bool IsDefault { get; init; }
    public required bool IsSuperseded { get; init; }
}
