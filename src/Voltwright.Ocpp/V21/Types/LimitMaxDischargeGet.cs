using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How much may be fed back at most, as it is set.</summary>
public sealed record LimitMaxDischargeGet : Extensible
{
    [Text(36)] public required string Id { get; init; }
    public required bool IsDefault { get; init; }
    public required bool IsSuperseded { get; init; }
    public required LimitMaxDischarge LimitMaxDischarge { get; init; }
}
