using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V16.Types;

/// <summary>A configuration key with its value. OCPP 1.6 §7.29.</summary>
public sealed record KeyValue
{
    [Text(50)] public required string Key { get; init; }
    public required bool Readonly { get; init; }
    [Text(500)] public string? Value { get; init; }
}
