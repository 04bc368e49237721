using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A variable of the device model.</summary>
public sealed record Variable : Extensible
{
    [Text(50)] public required string Name { get; init; }
    [Text(50)] public string? Instance { get; init; }
}
