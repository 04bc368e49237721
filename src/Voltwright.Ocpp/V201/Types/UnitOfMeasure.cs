using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A unit, and the power of ten that a value is to be multiplied by.</summary>
public sealed record UnitOfMeasure : Extensible
{
    /// <summary>Absent is Wh.</summary>
    [Text(20)] public string? Unit { get; init; }

    /// <summary>Absent is 0.</summary>
    public int? Multiplier { get; init; }
}
