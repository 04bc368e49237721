using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A part of the device model, on an EVSE or the station itself.</summary>
public sealed record Component : Extensible
{
    public EVSE? Evse { get; init; }
    [Text(50)] public required string Name { get; init; }
    [Text(50)] public string? Instance { get; init; }
}
