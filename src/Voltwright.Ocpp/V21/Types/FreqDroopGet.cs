using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How power follows the grid's frequency, as it is set.</summary>
public sealed record FreqDroopGet : Extensible
{
    public required FreqDroop FreqDroop { get; init; }
    [Text(36)] public required string Id { get; init; }
    public required bool IsDefault { get; init; }
    public required bool IsSuperseded { get; init; }
}
