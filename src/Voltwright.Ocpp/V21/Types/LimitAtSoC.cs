using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>A limit from a state of charge on.</summary>
public sealed record LimitAtSoC : Extensible
{
    [AtLeast(0), AtMost(100)] public required int Soc { get; init; }
    public required decimal Limit { get; init; }
}
