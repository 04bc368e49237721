using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>Another identifier that goes with a token, of a kind that both ends agreed on.</summary>
public sealed record AdditionalInfo : Extensible
{
    [Text(36, In21 = 255)] public required string AdditionalIdToken { get; init; }
    [Text(50)] public required string Type { get; init; }
}
