using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A token: a card, an account, a contract. Compared without regard to case.</summary>
public sealed record IdToken : Extensible
{
    [Items(1)] public IReadOnlyList<AdditionalInfo>? AdditionalInfo { get; init; }
    [JsonPropertyName("idToken"), Text(36, In21 = 255)] public required string Value { get; init; }
    [Text(20), ChoiceUntil21(typeof(IdTokenType))] public required string Type { get; init; }
}

public enum IdTokenType
{
    Central,
    [JsonStringEnumMemberName("eMAID")] EMAID,
    ISO14443,
    ISO15693,
    KeyCode,
    Local,
    MacAddress,
    NoAuthorization,
}
