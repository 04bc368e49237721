using System.Text.Json.Serialization;
using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V21.Types;

/// <summary>How fast power may change, percent per second.</summary>
public sealed record Gradient : Extensible
{
    [AtLeast(0)] public required int Priority { get; init; }
    [JsonPropertyName("gradient")] public required decimal Value { get; init; }
    public required decimal SoftGradient { get; init; }
}
