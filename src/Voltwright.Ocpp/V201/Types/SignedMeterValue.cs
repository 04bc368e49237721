using Voltwright.Ocpp.Payloads;

namespace Voltwright.Ocpp.V201.Types;

/// <summary>A sample with its signature, encoded.</summary>
public sealed record SignedMeterValue : Extensible
{
    [Text(2500, In21 = 32768)] public required string SignedMeterData { get; init; }
    [RequiredUntil21, Text(50)] public string? SigningMethod { get; init; }
    [Text(50)] public required string EncodingMethod { get; init; }
    [RequiredUntil21, Text(2500)] public string? PublicKey { get; init; }
}
