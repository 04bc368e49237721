using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A place to charge, counted from 1, and perhaps one of its connectors.</summary>
public sealed record EVSE : Extensible
{
    [AtLeast(0, Only21 = true)] public required int Id { get; init; }
    [AtLeast(0, Only21 = true)] public int? ConnectorId { get; init; }
}
