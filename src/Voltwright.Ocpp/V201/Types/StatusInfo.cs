using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Why: a short code, and perhaps a text.</summary>
public sealed record StatusInfo : Extensible
{
    /// <summary>Both ends agree on these codes; the specification lists standard ones.</summary>
    [Text(20)] public required string ReasonCode { get; init; }

    [Text(512, In21 = 1024)] public string? AdditionalInfo { get; init; }
}
