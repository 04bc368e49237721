using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>The station's mobile connection.</summary>
public sealed record Modem : Extensible
{
    [Text(20)] public string? Iccid { get; init; }
    [Text(20)] public string? Imsi { get; init; }
}
