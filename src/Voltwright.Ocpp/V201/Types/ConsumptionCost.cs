using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Costs from an amount of consumption on.</summary>
public sealed record ConsumptionCost : Extensible
{
    public required decimal StartValue { get; init; }
    [Items(1, 3)] public required IReadOnlyList<Cost> Cost { get; init; }
}
